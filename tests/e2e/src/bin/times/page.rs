//! What is done and timed inside the page. A script that times ends with `done(milliseconds)`.

use serde_json::json;
use ulika_e2e::{Result, Window};

/// Any page is there.
pub const STANDS: &str = "return document.readyState === 'complete'";
/// The frame of a case is there.
pub const FRAME_STANDS: &str = "return document.querySelector('#go-calls') !== null";
/// Calls are there.
pub const CALLS_STAND: &str = "return document.querySelector('#grid [data-call]') !== null";

/// From the key to the last call of the list.
pub const TO_THE_END: &str = "const grid = document.querySelector('#grid');
    const last = `#row-${grid.getAttribute('aria-rowcount') - 2}[data-call]`;
    grid.focus();
    const begun = performance.now();
    grid.dispatchEvent(new KeyboardEvent('keydown', { code: 'End', key: 'End', bubbles: true, cancelable: true }));
    when(() => document.querySelector(last) !== null, () => done(performance.now() - begun));";

/// From a click on a call to its records.
pub const OPEN_A_CALL: &str = "const begun = performance.now();
    document.querySelector('#grid [data-call]').click();
    when(() => document.querySelector('#records dl') !== null, () => done(performance.now() - begun));";

/// Something moves a little with every frame.
pub const MOVE_SOMETHING: &str = "const dot = document.createElement('p');
    dot.textContent = '0';
    document.body.append(dot);
    const step = (n) => (dot.textContent = String(n));";

/// Scrolls by half a screen with every frame, backwards and on, over calls that were not read yet.
pub const SCROLL: &str = "const pane = document.querySelector('#grid .pane');
    const step = () => pane.dispatchEvent(new WheelEvent('wheel', { deltaY: -333, bubbles: true, cancelable: true }));";

const WHEN: &str = "const done = arguments[arguments.length - 1];
    const when = (so, then) => (so() ? then() : requestAnimationFrame(() => when(so, then)));";

/// The milliseconds that a script tells.
pub async fn took(window: &Window, script: &str) -> Result<f64> {
    let told = window.ask_later(&format!("{WHEN}{script}"), vec![]).await?;
    told.as_f64().ok_or_else(|| format!("no time was told: {told}").into())
}

/// From a letter typed into the search, to the first calls of what is found.
pub async fn typed(window: &Window, text: &str) -> Result<f64> {
    let script = "const field = document.querySelector('#search');
        const count = () => document.querySelector('#grid')?.getAttribute('aria-rowcount');
        const before = count();
        const begun = performance.now();
        field.value = arguments[0];
        field.dispatchEvent(new Event('input', { bubbles: true }));
        when(() => count() !== before && document.querySelector('#grid [data-call]') !== null,
            () => done(performance.now() - begun));";
    let told = window.ask_later(&format!("{WHEN}{script}"), vec![json!(text)]).await?;
    told.as_f64().ok_or_else(|| format!("no time was told: {told}").into())
}

/// Does a step with every frame for 150 frames: the times from frame to frame, and the longest time for which the page
/// could do nothing else. A message that the page keeps sending to itself shows the latter: it comes back between tasks.
pub async fn frames(window: &Window, step: &str) -> Result<(Vec<f64>, f64)> {
    let script = format!(
        "{WHEN}{step}
        const times = [];
        let [longest, last, on] = [0, performance.now(), true];
        const line = new MessageChannel();
        line.port1.onmessage = () => {{
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
            if (on) line.port2.postMessage(0);
        }};
        line.port2.postMessage(0);
        const frame = (now) => {{
            times.push(now);
            step(times.length);
            if (times.length <= 150) return requestAnimationFrame(frame);
            on = false;
            done([times.slice(1).map((time, n) => time - times[n]), longest]);
        }};
        requestAnimationFrame(frame);"
    );
    Ok(serde_json::from_value(window.ask_later(&script, vec![]).await?)?)
}
