//! The frame of every page: header, navigation, main part, help, footer.

use domain::{codes::Role, council::Look};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{BackLink, BackTo, ErrorSummary, Help, HelpBlock, Mark};

/// Whose site it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The council's name.
    pub council: String,
    /// Its colours, for the mark.
    pub look: Look,
    /// What the help block says.
    pub help: Help,
}

/// One link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavigationLink {
    /// Its address; also what `current` names.
    pub href: String,
    /// What it says.
    pub text: String,
}

impl NavigationLink {
    /// A link.
    pub fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
        }
    }

    /// What everybody is offered.
    pub fn public() -> Vec<Self> {
        vec![
            Self::to("/local-offer", "Local offer"),
            Self::to("/guides", "Guides"),
            Self::to("/ask", "Ask a question"),
            Self::to("/our-promise", "Our promise"),
        ]
    }

    /// What officers are offered.
    pub fn officers(role: Role) -> Vec<Self> {
        // Editors see no enquiries.
        let desk = (role != Role::Editor).then(|| {
            [
                Self::to("/desk", "Desk"),
                Self::to("/desk/call", "Log a call"),
            ]
        });
        let admin = (role == Role::Administrator).then(|| Self::to("/admin", "Administration"));
        desk.into_iter()
            .flatten()
            .chain([
                Self::to("/desk/searches", "Searches"),
                Self::to("/local-offer", "Local offer"),
            ])
            .chain(admin)
            .collect()
    }
}

/// How wide a page may grow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PageWidth {
    /// For reading.
    #[default]
    Reading,
    /// For officers' lists.
    Wide,
}

/// Whom a page is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reader {
    /// Everybody: with the help for families, and the way to sign in.
    #[default]
    Family,
    /// Those who work here: with neither.
    Officer,
}

/// A whole page. Its children open with the `<h1>` (or a question that is one).
#[component]
pub fn Page(
    /// Whose site it is.
    site: Site,
    /// The page's name for the browser's title: the heading, as a rule.
    #[prop(into)]
    title: String,
    /// The errors of the page's form: told above the heading and in the title.
    #[prop(optional)]
    errors: Vec<(String, String)>,
    /// The address of the navigation's link under which this page stands.
    #[prop(optional)]
    current: Option<&'static str>,
    /// The way back.
    #[prop(optional_no_strip)]
    back: Option<BackTo>,
    /// Other navigation than everybody's: the desk's, the administrators'.
    #[prop(optional)]
    navigation: Option<Vec<NavigationLink>>,
    /// The last of the navigation: for a person signed in, the way out.
    #[prop(optional)]
    account: Option<AnyView>,
    /// A band across the page above the main part's text: the home page's search.
    #[prop(optional)]
    band: Option<AnyView>,
    /// How wide the page may grow.
    #[prop(optional)]
    width: PageWidth,
    /// Whom it is for.
    #[prop(optional)]
    reader: Reader,
    /// The main part.
    children: Children,
) -> impl IntoView {
    let prefix = if errors.is_empty() { "" } else { "Error: " };
    let title = format!("{prefix}{title} – {}", site.council);
    let class = match width {
        PageWidth::Reading => "hub-page",
        PageWidth::Wide => "hub-page hub-page--wide",
    };
    let links = navigation.unwrap_or_else(NavigationLink::public);
    let help = (reader == Reader::Family)
        .then(|| view! { <HelpBlock help=site.help.clone()/> }.into_any());
    let back = back
        .map(|to| view! { <div class="govuk-width-container"><BackLink to=to/></div> }.into_any());
    view! {
        <Title text=title/>
        <div class=class>
            <a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link">
                "Skip to main content"
            </a>
            {header(&site, links, current, account)}
            {back}
            <main id="main-content">
                {band}
                <div class="govuk-width-container govuk-main-wrapper">
                    {view! { <ErrorSummary errors=errors/> }.into_any()}
                    {children()}
                </div>
            </main>
            {help}
            {footer(site.council, reader)}
        </div>
    }
    .into_any()
}

// Erased types (`into_any`) keep the type of a whole page small: without them a page of nested
// components passes the compiler's depth limit.
fn header(
    site: &Site,
    links: Vec<NavigationLink>,
    current: Option<&'static str>,
    account: Option<AnyView>,
) -> AnyView {
    let items: Vec<_> = links
        .into_iter()
        .map(|link| navigation_item(link, current))
        .collect();
    let (council, look) = (site.council.clone(), site.look);
    let account =
        account.map(|view| view! { <li class="govuk-service-navigation__item">{view}</li> });
    view! {
        <header class="hub-header">
            <div class="govuk-width-container hub-header__inner">
                <a class="hub-header__home" href="/">
                    {view! { <Mark look=look/> }.into_any()}
                    <span>
                        <span class="hub-header__council">{council}</span>
                        <span class="hub-header__service">"Special needs and disabilities"</span>
                    </span>
                </a>
                <div class="govuk-service-navigation" data-module="govuk-service-navigation">
                    <nav aria-label="Menu" class="govuk-service-navigation__wrapper">
                        <button
                            type="button"
                            class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
                            aria-controls="navigation"
                            hidden
                            aria-hidden="true"
                        >
                            "Menu"
                        </button>
                        <ul class="govuk-service-navigation__list" id="navigation">
                            {items}
                            {account}
                        </ul>
                    </nav>
                </div>
            </div>
        </header>
    }
    .into_any()
}

fn navigation_item(link: NavigationLink, current: Option<&'static str>) -> AnyView {
    if current == Some(link.href.as_str()) {
        view! {
            <li class="govuk-service-navigation__item govuk-service-navigation__item--active">
                <a class="govuk-service-navigation__link" href=link.href aria-current="true">
                    <strong class="govuk-service-navigation__active-fallback">{link.text}</strong>
                </a>
            </li>
        }
        .into_any()
    } else {
        view! {
            <li class="govuk-service-navigation__item">
                <a class="govuk-service-navigation__link" href=link.href>{link.text}</a>
            </li>
        }
        .into_any()
    }
}

fn footer(council: String, reader: Reader) -> AnyView {
    let sign_in = (reader == Reader::Family)
        .then(|| view! { <li><a href="/desk">"Officers’ sign in"</a></li> });
    view! {
        <footer class="hub-footer">
            <div class="govuk-width-container">
                <div class="hub-footer__inner">
                    <ul class="hub-footer__links">
                        <li><a href="/accessibility">"Accessibility"</a></li>
                        <li><a href="/privacy">"Privacy"</a></li>
                        <li><a href="/cookies">"Cookies"</a></li>
                        {sign_in}
                    </ul>
                    <p class="hub-footer__council">{council}</p>
                </div>
            </div>
        </footer>
    }
    .into_any()
}
