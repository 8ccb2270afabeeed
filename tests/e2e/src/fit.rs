//! Whether a page fits its window: nothing leaves it, nothing scrolls sideways, no text is cut without a sign of it and a
//! way to read the rest, nothing lies over what is to be read.

use crate::{Result, Window};
use std::time::Duration;

/// So often it is looked again, after so long a while each time, before what does not fit is believed.
const TRIES: usize = 3;
const SETTLES: Duration = Duration::from_millis(250);

/// What is wrong with the page as it stands, a line each; a script that only looks.
const LOOK: &str = r"
const wrong = [];
const say = (what, e, more = '') => wrong.push(`${what}: ${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}.${e.className.baseVal ?? e.className} «${e.textContent.trim().slice(0, 40)}» ${more}`);
const style = (e) => getComputedStyle(e);
const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !e.closest('.hidden, .word, [aria-hidden=true]');
const root = document.scrollingElement;
if (root.scrollWidth > root.clientWidth + 1) wrong.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);

// A wide table scrolls in a region of its own, which the keyboard reaches.
const region = (e) => e.getAttribute('role') === 'region' && e.tabIndex === 0;
// A dialog is looked at alone: what lies below it is dimmed.
const top = document.querySelector('dialog[open]') ?? document.body;
const all = [...top.querySelectorAll('*')].filter(shown);
for (const e of all) {
  const s = style(e);
  if (/auto|scroll/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1 && !region(e) && e.tagName !== 'INPUT') say('scrolls sideways', e, `${e.scrollWidth} in ${e.clientWidth}`);
}

/** What cuts an element off: its nearest ancestors, itself first. */
function cutters(e) {
  const found = [];
  for (let at = e; at; at = at.parentElement) {
    const s = style(at);
    if (s.overflowX !== 'visible' || s.overflowY !== 'visible') found.push(at);
    if (s.position === 'fixed') break;
  }
  return found;
}
const says = (e, cutter) => {
  for (let at = e; at; at = at.parentElement) {
    if (at.title || at.getAttribute('aria-label')) return true;
    if (at === cutter.parentElement) break;
  }
  return cutter.querySelector('[title]') !== null;
};
const ellipsis = (cutter) => style(cutter).textOverflow === 'ellipsis' || style(cutter).webkitLineClamp !== 'none';

// Headings stay while the rows of a table go by below them.
const sticks = (at) => at !== null && (style(at).position === 'sticky' || sticks(at.parentElement));
const by = (over) => `by ${over.tagName}.${over.className.baseVal ?? over.className} «${over.textContent.trim().slice(0, 30)}»`;
/** What lies over an element at a point and is not meant to: what floats on purpose is left out, where it does float. */
function covers(at, e) {
  const over = document.elementFromPoint(...at);
  const floats = over?.closest('aside, .panel, .notices, .drop, .settings, #marks');
  if (!over || e.contains(over) || over.contains(e) || over.closest('label')?.contains(e) || (floats && style(floats).position !== 'static')) return null;
  return sticks(over) ? null : over;
}

const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const text = walker.currentNode;
  const e = text.parentElement;
  if (!text.data.trim() || !shown(e) || ['SCRIPT', 'STYLE', 'OPTION'].includes(e.tagName)) continue;
  const range = document.createRange();
  range.selectNodeContents(text);
  const seen = [];
  for (const r of range.getClientRects()) {
    if (r.width < 1) continue;
    let [left, right, upper, lower, cut] = [r.left, r.right, r.top, r.bottom, false];
    for (const cutter of cutters(e)) {
      const c = cutter.getBoundingClientRect();
      const s = style(cutter);
      const aside = right > c.right + 1.5 || left < c.left - 1.5;
      if (aside && /hidden|clip/.test(s.overflowX) && right > left) {
        cut = true;
        if (!ellipsis(cutter) || !says(e, cutter)) say(ellipsis(cutter) ? 'cut, and nowhere to be read' : 'cut without a sign', e, `by ${cutter.tagName}.${cutter.className}`);
      }
      const across = lower > c.bottom + 2 || upper < c.top - 2;
      // The list of calls draws the row that begins in sight, as far as it is in sight.
      if (across && !e.closest('#grid') && /hidden|clip/.test(s.overflowY) && !ellipsis(cutter) && upper < c.bottom && lower > c.top) say('cut across', e, `by ${cutter.tagName}.${cutter.className}`);
      [left, right, upper, lower] = [Math.max(left, c.left), Math.min(right, c.right), Math.max(upper, c.top), Math.min(lower, c.bottom)];
      if (right - left < 2 || lower - upper < 2) break;
    }
    if (right - left < 2 || lower - upper < 2) continue;
    if (right > innerWidth + 1 || left < -1) say('leaves the window', e, `${Math.round(left)} to ${Math.round(right)}`);
    if (lower > innerHeight + 1 || upper < -1) say('leaves the window below', e, `${Math.round(upper)} to ${Math.round(lower)}`);
    // Something may lie over the end of a line alone.
    const [ahead, behind, middle] = [left + 2, Math.min(right, innerWidth) - 2, (upper + lower) / 2];
    if (behind > ahead) seen.push([ahead, middle], [(ahead + behind) / 2, middle], [behind, middle]);
  }
  for (const at of seen) {
    const over = covers(at, e);
    if (!over) continue;
    say('covered', e, by(over));
    break;
  }
}
for (const e of all.filter((one) => one.matches('button, input, select, textarea'))) {
  const r = e.getBoundingClientRect();
  const around = cutters(e.parentElement);
  if (around.some(region)) continue;
  const scrolls = around.some((c) => /auto|scroll/.test(style(c).overflowY));
  // Nor does it lie under what belongs to another part of the page.
  let [left, right, upper, lower] = [r.left, r.right, r.top, r.bottom];
  for (const c of around.map((one) => one.getBoundingClientRect())) [left, right, upper, lower] = [Math.max(left, c.left), Math.min(right, c.right), Math.max(upper, c.top), Math.min(lower, c.bottom)];
  if (right - left > 12 && lower - upper > 12) {
    for (const x of [left + 5, (left + right) / 2, right - 5]) {
      const over = covers([x, (upper + lower) / 2], e);
      if (!over || e.labels?.[0]?.contains(over)) continue;
      say('a control is covered', e, by(over));
      break;
    }
  }
  if (r.right > innerWidth + 1 || r.left < -1 || (!scrolls && r.bottom > innerHeight + 1)) say('a control leaves the window', e, `${Math.round(r.left)} to ${Math.round(r.right)}, ${Math.round(r.bottom)}`);
}
return [...new Set(wrong)]";

impl Window {
    /// What does not fit on the page as it stands, a line each.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn misfits(&self) -> Result<Vec<String>> {
        let mut found: Vec<String> = serde_json::from_value(self.ask(LOOK).await?)?;
        // What is measured to be drawn, as a picture is, is right a moment after its place has changed.
        for _ in 0..TRIES {
            if found.is_empty() {
                break;
            }
            tokio::time::sleep(SETTLES).await;
            let still: Vec<String> = serde_json::from_value(self.ask(LOOK).await?)?;
            found.retain(|misfit| still.contains(misfit));
        }
        Ok(found)
    }
}
