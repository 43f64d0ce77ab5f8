//! Sharing a number out among units: largest remainder, the sum never below the number.

/// A share with how it came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub value: u64,
    /// Fixed by hand in the list.
    pub fixed: bool,
}

/// Shares `total` out by `weights`; what is fixed by hand stays, the rest is shared among the others.
///
/// The sum is the total, or more when the numbers fixed by hand alone exceed it. Units without weight get nothing;
/// when no unit has a weight, all count the same.
#[must_use]
pub fn shares(total: u64, weights: &[f64], fixed: &[Option<u64>]) -> Vec<Share> {
    let held: u64 = fixed.iter().flatten().sum();
    let open: Vec<usize> = (0..weights.len()).filter(|at| fixed.get(*at).copied().flatten().is_none()).collect();
    let rest = total.saturating_sub(held);
    let weight = |at: usize| weights.get(at).copied().filter(|w| w.is_finite() && *w > 0.0).unwrap_or(0.0);
    let sum: f64 = open.iter().map(|at| weight(*at)).sum();
    let weight = |at: usize| if sum > 0.0 { weight(at) / sum } else { 1.0 / open.len().max(1) as f64 };
    let exact: Vec<f64> = open.iter().map(|at| rest as f64 * weight(*at)).collect();
    let mut given: Vec<u64> = exact.iter().map(|share| share.floor() as u64).collect();
    let mut order: Vec<usize> = (0..open.len()).collect();
    // The largest remainder first, then the larger share, then the order of the list.
    order.sort_by(|a, b| {
        let remainder = |at: &usize| exact.get(*at).map_or(0.0, |share| share.fract());
        let share = |at: &usize| exact.get(*at).copied().unwrap_or_default();
        remainder(b).total_cmp(&remainder(a)).then_with(|| share(b).total_cmp(&share(a))).then(a.cmp(b))
    });
    let mut missing = rest.saturating_sub(given.iter().sum());
    for at in order.iter().cycle().take(order.len().saturating_mul(4)) {
        if missing == 0 {
            break;
        }
        if let Some(share) = given.get_mut(*at) {
            *share += 1;
            missing -= 1;
        }
    }
    let mut given = given.into_iter();
    (0..weights.len())
        .map(|at| match fixed.get(at).copied().flatten() {
            Some(value) => Share { value, fixed: true },
            None => Share { value: given.next().unwrap_or_default(), fixed: false },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(total: u64, weights: &[f64], fixed: &[Option<u64>]) -> Vec<u64> {
        shares(total, weights, fixed).into_iter().map(|share| share.value).collect()
    }

    #[test]
    fn the_largest_remainders_get_what_is_left() {
        assert_eq!(values(17, &[1.0; 5], &[None; 5]), [4, 4, 3, 3, 3]);
        assert_eq!(values(10, &[120.0, 150.0, 90.0], &[None; 3]), [3, 4, 3]);
        assert_eq!(values(10, &[1.0; 3], &[Some(6), None, None]), [6, 2, 2]);
        assert_eq!(values(3, &[1.0; 2], &[Some(5), None]), [5, 0]);
        assert_eq!(values(4, &[0.0, 0.0], &[None; 2]), [2, 2]);
        assert_eq!(values(4, &[], &[]), Vec::<u64>::new());
    }

    proptest! {
        #[test]
        fn the_sum_is_never_below_the_number(
            total in 0_u64..5_000,
            units in prop::collection::vec((0.0_f64..1000.0, prop::option::weighted(0.2, 0_u64..40)), 1..60),
        ) {
            let weights: Vec<f64> = units.iter().map(|unit| unit.0).collect();
            let fixed: Vec<Option<u64>> = units.iter().map(|unit| unit.1).collect();
            let shares = shares(total, &weights, &fixed);
            let sum: u64 = shares.iter().map(|share| share.value).sum();
            let held: u64 = fixed.iter().flatten().sum();
            if fixed.iter().any(Option::is_none) {
                prop_assert_eq!(sum, total.max(held));
            }
            for (share, fixed) in shares.iter().zip(&fixed) {
                prop_assert!(fixed.is_none_or(|value| share.fixed && share.value == value));
            }
        }
    }
}
