//! The settings of the sending server.

use mail::transport::{OAuth, SmtpSettings};
use url::Url;

use super::{ConfigError, Written, parse, wrong};

/// The sending server's settings, which belong together.
pub(super) fn settings(written: &mut Written) -> Result<Option<SmtpSettings>, ConfigError> {
    let oauth = oauth(written)?;
    let Some(url) = written.smtp_url.take() else {
        return match (&oauth, &written.smtp_authority) {
            (None, None) => Ok(None),
            _ => Err(wrong(
                "smtp_url",
                "must be set too: the other smtp settings are about that server".to_owned(),
            )),
        };
    };
    let authority = written.smtp_authority.take().map(|file| {
        std::fs::read(&file)
            .map_err(|problem| wrong("smtp_authority", format!("{}: {problem}", file.display())))
    });
    Ok(Some(SmtpSettings {
        url,
        authority: authority.transpose()?,
        oauth,
    }))
}

fn oauth(written: &mut Written) -> Result<Option<OAuth>, ConfigError> {
    let parts = (
        written.smtp_oauth_token_url.take(),
        written.smtp_oauth_client_id.take(),
        written.smtp_oauth_client_secret.take(),
    );
    let (token_url, client_id, client_secret) = match parts {
        (None, None, None) => return Ok(None),
        (Some(url), Some(id), Some(secret)) => (url, id, secret),
        _ => {
            return Err(wrong(
                "smtp_oauth_token_url",
                "smtp_oauth_client_id and smtp_oauth_client_secret go together: set all three, or none".to_owned(),
            ));
        }
    };
    let token_url: Url = parse("smtp_oauth_token_url", &token_url, "an https address")?;
    check_token_url(&token_url)
        .map_err(|problem| wrong("smtp_oauth_token_url", problem.to_owned()))?;
    Ok(Some(OAuth {
        token_url,
        client_id,
        client_secret,
        scope: written.smtp_oauth_scope.take(),
    }))
}

/// A secret is sent there: it must not travel openly.
pub(super) fn check_token_url(url: &Url) -> Result<(), &'static str> {
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() == "https" || (url.scheme() == "http" && here) {
        Ok(())
    } else {
        Err("must begin with https://: a secret is sent there")
    }
}
