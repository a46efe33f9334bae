//! One file a page. Each asks the hub for what it shows and draws it with the components.

pub(crate) mod about;
pub(crate) mod admin;
pub(crate) mod ask;
pub(crate) mod design;
pub(crate) mod desk;
pub(crate) mod enquiry;
pub(crate) mod guides;
pub(crate) mod home;
pub(crate) mod local_offer;
pub(crate) mod our_promise;
pub(crate) mod problem;
