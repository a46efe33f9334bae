//! The rules of the hub as pure types: no database, no network, no files, no clock of its own.
//! It compiles for the server and for the browser, so that both read a date or a postcode alike.
//!
//! # Glossary
//!
//! The words of the field, as the whole product uses them.
//!
//! | Word | What it means here |
//! | --- | --- |
//! | *enquiry* | Something a person asks us, with all the messages that belong to it, by whatever channel. It has a reference, an owner and one state |
//! | *correspondent* | Who writes to us: a parent, carer, young person, school, setting or professional |
//! | *officer* | A member of staff who answers |
//! | *team* | The officers who share a queue. Every enquiry has one |
//! | *promise* | The dated promise that a person will answer. Only a person's answer keeps it |
//! | *chaser* | A message from a correspondent who is still waiting. It is counted and raises the priority; it never moves the date |
//! | *escalation* | Telling the next person up that a promise is about to break |
//! | *holding reply* | A person's message that says the answer needs longer and until when. But for the end of a pause, nothing else puts a promise off |
//! | *pause* | We wait for the family, with an end: asked for in words, reminded once, at most twenty working days |
//! | *acknowledgement* | The automatic “we have it”. It answers nothing and stops no clock |
//! | *outbox* | Mails with their recipients frozen, until a server took each of them or it was given up |
//! | *quarantine* | Mail that came in and is no part of an enquiry, with the reason, until a person has looked at it |
//! | *invariant* | One of the seven things that must always hold of messages and promises; `send-hub audit` proves them |
//! | *organization* | Who runs services, spelled as Open Referral spells it |
//! | *service* | Something families can use, run by an organization |
//! | *location* | A place, a postal address, or online |
//! | *service at location* | A service as it is given at one location |
//! | *taxonomy term* | A word from a controlled list that services are tagged with: a need, a category |
//! | *listing* | One service with everything that a person needs to know about it, as the page shows it |
//! | *shortlist* | Services that a person keeps in their own browser, without an account; “my list” on the pages |
//! | *guide* | How something works and what to do next, in plain words; a file that comes with the hub |
//! | *local offer* | All the listings: what the council must publish under section 30 of the Children and Families Act 2014 |
//!
//! # Where to start reading
//!
//! The promises: [`enquiry`] (what happens to an enquiry, and what follows), then [`promise`] and
//! [`calendar`]. The local offer: [`local_offer`], then [`open_referral`], which reads the standard's
//! files. What is written for families: [`guide`]. What a council sets for itself: [`council`]. The rest are values that are right by being
//! made: [`ids`], [`keys`], [`reference`](mod@reference), [`email`], [`postcode`], [`telephone`], [`text`],
//! [`colour`], and the fixed lists of [`codes`].

pub mod calendar;
pub mod clock;
pub mod codes;
pub mod colour;
pub mod correspondent;
pub mod council;
pub mod email;
pub mod enquiry;
pub mod escalation;
pub mod form;
pub mod guide;
pub mod ids;
pub mod keys;
pub mod local_offer;
pub mod open_referral;
pub mod postcode;
pub mod promise;
pub mod reference;
pub mod searched;
pub mod shortlist;
pub mod telephone;
pub mod text;
