//! Who is told of a promise in danger: the owner, the team's lead, and in the end the head of service. Somebody always
//! is. And who is told that an enquiry is theirs now, or whom they are to remind.

use domain::{
    codes::Role, council::Council, enquiry::Enquiry, escalation::EscalationStep, keys::TeamKey,
};
use jiff::civil::Date;
use store::{Account, Told};

use crate::accounts::works;

/// The people who work here, on a day.
pub(super) struct Staff<'a> {
    pub(super) accounts: &'a [Account],
    pub(super) council: &'a Council,
    pub(super) today: Date,
}

impl Staff<'_> {
    /// Who is told that this enquiry has come to a step.
    pub(super) fn told_of(&self, step: EscalationStep, enquiry: &Enquiry) -> Vec<Told> {
        let mut told = match step {
            EscalationStep::ChasedTwice => Vec::new(),
            EscalationStep::Half
            | EscalationStep::FourFifths
            | EscalationStep::DueDay
            | EscalationStep::Breach => self.owners(enquiry),
        };
        told.extend(self.leads(&enquiry.team));
        if step == EscalationStep::Breach {
            told.extend(self.heads());
        }
        each_once(told)
    }

    /// Who is told that an enquiry came to them: the officer who has it, or else all of the team and
    /// who leads it. Nobody in place of an officer who is not there: it goes back to the team, which
    /// is told then.
    pub(super) fn told_of_coming(&self, enquiry: &Enquiry) -> Vec<Told> {
        if enquiry.officer.is_some() {
            return self.who(|account| Some(account.id) == enquiry.officer);
        }
        let mut told = self.owners(enquiry);
        told.extend(self.leads(&enquiry.team));
        each_once(told)
    }

    /// Who is told that one of them is to remind whoever asked: its owners or, where none of them is here, who leads
    /// them.
    pub(super) fn told_to_remind(&self, enquiry: &Enquiry) -> Vec<Told> {
        let mut told = self.owners(enquiry);
        if told.is_empty() {
            told = self.leads(&enquiry.team);
        }
        each_once(told)
    }

    /// The officer who has it; when nobody has, or they are away, everybody in the team who is here.
    fn owners(&self, enquiry: &Enquiry) -> Vec<Told> {
        let mut here = self.accounts.iter().filter(|account| self.is_here(account));
        let officer = here.find(|account| Some(account.id) == enquiry.officer);
        match officer {
            Some(officer) => vec![told(officer)],
            None => self.who(|account| account.team.as_ref() == Some(&enquiry.team)),
        }
    }

    /// The team's leads who are here; else those who lead no team and so stand in for all; else the
    /// head of service.
    fn leads(&self, team: &TeamKey) -> Vec<Told> {
        let leads = |team: Option<&TeamKey>| {
            self.who(|account| account.role == Role::TeamLead && account.team.as_ref() == team)
        };
        [leads(Some(team)), leads(None)]
            .into_iter()
            .find(|leads| !leads.is_empty())
            .unwrap_or_else(|| self.heads())
    }

    /// The last resort, there or away: the head of service; while none is named, the
    /// administrators; while there are none, the council's own address.
    fn heads(&self) -> Vec<Told> {
        if let Some(head) = &self.council.escalation.head_of_service {
            let address = head.email.normalised();
            let account = self.accounts.iter().find(|account| {
                account.disabled_at.is_none() && account.email.normalised() == address
            });
            return vec![Told {
                address,
                account: account.map(|account| account.id),
            }];
        }
        let administrators = self
            .accounts
            .iter()
            .filter(|account| account.disabled_at.is_none() && account.role == Role::Administrator);
        let administrators: Vec<Told> = administrators.map(told).collect();
        if administrators.is_empty() {
            return vec![Told {
                address: self.council.contact.email.normalised(),
                account: None,
            }];
        }
        administrators
    }

    fn who(&self, is: impl Fn(&Account) -> bool) -> Vec<Told> {
        let here = self.accounts.iter().filter(|account| self.is_here(account));
        here.filter(|account| is(account)).map(told).collect()
    }

    fn is_here(&self, account: &Account) -> bool {
        works(account, self.today)
    }
}

fn each_once(mut told: Vec<Told>) -> Vec<Told> {
    told.sort_by(|one, other| one.address.cmp(&other.address));
    told.dedup_by(|one, other| one.address == other.address);
    told
}

fn told(account: &Account) -> Told {
    Told {
        address: account.email.normalised(),
        account: Some(account.id),
    }
}
