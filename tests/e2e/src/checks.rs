//! What holds at every station: assistive technology gets through, the content policy is kept, the page as a whole does
//! not scroll; and pictures.

use crate::{Result, Window, of_project};
use serde_json::Value;
use std::path::PathBuf;

impl Window {
    /// A station of a journey: nothing stands against accessibility, nothing was against the content policy, only
    /// panes scroll; a picture is kept under this name where `ULIKA_PICTURES` names a folder.
    ///
    /// # Errors
    /// When something does; what it is stands in the error.
    pub async fn station(&self, name: &str) -> Result<()> {
        let (barriers, breaches) = (self.barriers().await?, self.policy_breaches().await?);
        if !barriers.is_empty() || !breaches.is_empty() {
            return Err(format!("{name}: barriers {barriers:#?}, breaches of the content policy {breaches:#?}").into());
        }
        let loose = self.loose().await?;
        if !loose.is_empty() {
            return Err(format!("{name}: the page itself scrolls: {loose:?}").into());
        }
        self.keep(name).await
    }

    /// Keeps a picture of the window as it stands under this name, where `ULIKA_PICTURES` names a folder.
    ///
    /// # Errors
    /// When the driver does not answer, or the picture cannot be written.
    pub async fn keep(&self, name: &str) -> Result<()> {
        let Some(folder) = std::env::var_os("ULIKA_PICTURES").map(PathBuf::from) else { return Ok(()) };
        std::fs::create_dir_all(&folder)?;
        self.painted().await?;
        Ok(std::fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await?)?)
    }

    /// Waits until what the page holds is painted: on a machine that is busy that may be seconds later.
    async fn painted(&self) -> Result<()> {
        let script = "const done = arguments[0];
            setTimeout(done, 5000);
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));";
        self.ask_later(script, vec![]).await.map(|_| ())
    }

    /// A picture of the window as PNG, as it stands.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// Breaches of the content policy so far, those of the page's own loading among them.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn policy_breaches(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.ask("return window.ulikaBreaches").await?)?)
    }

    /// Where the page itself can be moved to, or reaches beyond the window; nothing where only its panes scroll.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn loose(&self) -> Result<Vec<String>> {
        let script = "const page = document.scrollingElement;
            const moved = ([name, e]) => {
                const [left, top] = [e.scrollLeft, e.scrollTop];
                e.scrollTo(1e6, 1e6);
                const by = [e.scrollLeft, e.scrollTop];
                e.scrollTo(left, top);
                return by[0] || by[1] || left || top ? [`${name} moves by ${by}`] : [];
            };
            const over = page.scrollWidth > page.clientWidth + 1 || page.scrollHeight > page.clientHeight + 1;
            const size = `${page.scrollWidth} × ${page.scrollHeight} in ${page.clientWidth} × ${page.clientHeight}`;
            const all = { page, body: document.body, app: document.getElementById('app') };
            return [...(over ? [size] : []), ...Object.entries(all).flatMap(moved)]";
        Ok(serde_json::from_value(self.ask(script).await?)?)
    }

    /// What axe-core finds wrong, however small, with the page as it stands: rule and place.
    ///
    /// # Errors
    /// When axe-core is not installed in `ui/`, or does not answer.
    pub async fn barriers(&self) -> Result<Vec<String>> {
        let loaded = self.ask("return typeof window.axe === 'object'").await?;
        if loaded != Value::Bool(true) {
            let axe = std::fs::read_to_string(of_project("ui/node_modules/axe-core/axe.min.js"))?;
            self.client.execute(&axe, vec![]).await?;
        }
        let script = "const done = arguments[arguments.length - 1];
            window.axe.run(document, { resultTypes: ['violations'] }).then(
                (found) => done(found.violations
                    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))),
                (failed) => done([`axe failed: ${failed}`]));";
        Ok(serde_json::from_value(self.client.execute_async(script, vec![]).await?)?)
    }

    pub(crate) async fn watch_policy(&self) -> Result<()> {
        let script = "window.ulikaBreaches = [];
            const note = (b) => window.ulikaBreaches.push(`${b.effectiveDirective} ${b.blockedURL ?? b.blockedURI}`);
            new ReportingObserver((reports) => reports.forEach((r) => note(r.body)), { buffered: true }).observe();
            document.addEventListener('securitypolicyviolation', note);";
        self.ask(script).await.map(|_| ())
    }
}
