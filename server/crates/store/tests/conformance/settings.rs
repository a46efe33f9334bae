//! The council's settings, version by version.

use store::{Database, SettingsSave, SettingsVersion, StoreError};

use super::world::{self, MONDAY, at};

fn version(number: u32) -> SettingsVersion {
    SettingsVersion {
        version: number,
        document: format!("{{\"number\":{number}}}"),
        section: "contact".to_owned(),
        saved_at: at(MONDAY),
        saved_by: None,
    }
}

pub(crate) async fn each_save_is_a_version_and_the_newest_counts(database: Database) {
    world::prepare(&database).await;
    let account = world::account();
    let second = SettingsVersion {
        saved_by: Some(account.id),
        ..version(2)
    };
    let mut tx = database.begin().await.unwrap();
    assert_eq!(tx.settings().newest().await.unwrap(), None);
    assert_eq!(tx.settings().newest_number().await.unwrap(), 0);
    tx.accounts().insert(&account).await.unwrap();
    tx.settings().insert(&version(1)).await.unwrap();
    tx.settings().insert(&second).await.unwrap();
    assert_eq!(tx.settings().newest().await.unwrap(), Some(second));
    assert_eq!(tx.settings().newest_number().await.unwrap(), 2);
    assert_eq!(tx.settings().get(1).await.unwrap(), Some(version(1)));
    assert_eq!(tx.settings().get(3).await.unwrap(), None);
    let saves = tx.settings().saves(u32::MAX, 10).await.unwrap();
    let save = |version, saved_by| SettingsSave {
        version,
        section: "contact".to_owned(),
        saved_at: at(MONDAY),
        saved_by,
    };
    assert_eq!(saves, [save(2, Some(account.name)), save(1, None)]);
    assert_eq!(tx.settings().saves(2, 10).await.unwrap().len(), 1);
    assert_eq!(tx.settings().saves(u32::MAX, 1).await.unwrap().len(), 1);
}

pub(crate) async fn two_that_save_at_once_do_not_overwrite_each_other(database: Database) {
    world::prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    tx.settings().insert(&version(1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut late = database.begin().await.unwrap();
    let refused = late.settings().insert(&version(1)).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::Conflict { .. }),
        "{refused:?}"
    );
}
