//! The tables of the register and the way from each version to the next.

use super::{RegisterError, storage};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// What makes each version out of the one before; the first out of nothing.
pub(super) const STEPS: [&str; 2] =
    [include_str!("../../templates/khen-thuong/so/v1.sql"), include_str!("../../templates/khen-thuong/so/v2.sql")];

/// Brings a file up to date. Two programs that open it at the same time do not step on each other.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), RegisterError> {
    let failed = |error: rusqlite::Error| storage(path, &error);
    let newest = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    if version(connection).map_err(failed)? == newest {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let found = version(&transaction).map_err(failed)?;
    if found > newest {
        return Err(RegisterError::Newer { path: path.to_string_lossy().into_owned(), version: found });
    }
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step).map_err(failed)?;
    }
    transaction.pragma_update(None, "user_version", newest).map_err(failed)?;
    transaction.commit().map_err(failed)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
