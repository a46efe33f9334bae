//! What is not a page: form posts, files, health.

pub(crate) mod account;
pub(crate) mod admin_people;
pub(crate) mod admin_settings;
pub(crate) mod ask;
pub(crate) mod brand;
pub(crate) mod cookies;
pub(crate) mod crawlers;
mod csv_file;
pub(crate) mod desk;
pub(crate) mod desk_calls;
pub(crate) mod desk_mail;
pub(crate) mod desk_mail_fates;
pub(crate) mod desk_mailboxes;
pub(crate) mod desk_searches;
pub(crate) mod files;
pub(crate) mod health;
pub(crate) mod islands;
pub(crate) mod my_list;
mod posted;
pub(crate) mod render;
pub(crate) mod second_step;
pub(crate) mod sign_in;
pub(crate) mod signed;
pub(crate) mod undelivered;
