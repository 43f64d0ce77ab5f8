//! Sharing out a whole number by weights.

/// Parts of a number by weights, the largest remainders rounded up (Hamilton's method): the sum is the number. Equal
/// weights share out what is left to nobody's favour: every part is rounded up, since the number is a least one.
#[must_use]
pub fn largest_remainder(number: u64, weights: &[f64]) -> Vec<u64> {
    let total: f64 = weights.iter().filter(|weight| weight.is_finite() && **weight > 0.0).sum();
    let count = u64::try_from(weights.len()).unwrap_or(0);
    if count == 0 {
        return Vec::new();
    }
    let equal = weights.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    if equal || total <= 0.0 {
        return weights.iter().map(|_| number.div_ceil(count)).collect();
    }
    let exact: Vec<f64> = weights.iter().map(|weight| number as f64 * weight.max(0.0) / total).collect();
    let mut parts: Vec<u64> = exact.iter().map(|part| part.floor() as u64).collect();
    let left = number.saturating_sub(parts.iter().sum());
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let rest = |at: usize| exact.get(at).map_or(0.0, |part| part - part.floor());
    order.sort_by(|a, b| rest(*b).total_cmp(&rest(*a)).then(a.cmp(b)));
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(at) {
            *part += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::largest_remainder;

    #[test]
    fn parts_never_fall_below_the_number() {
        assert_eq!(largest_remainder(6, &[1.0, 1.0, 1.0, 1.0]), [2, 2, 2, 2]);
        assert_eq!(largest_remainder(6, &[120.0, 150.0, 90.0]), [2, 3, 1]);
        assert_eq!(largest_remainder(7, &[]), [] as [u64; 0]);
        for number in 0..60 {
            let parts = largest_remainder(number, &[3.0, 1.0, 0.5, 7.25, 2.0]);
            assert_eq!(parts.iter().sum::<u64>(), number);
        }
    }
}
