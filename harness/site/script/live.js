/** The page of a run renews itself, and becomes the site when the run is over. */

async function renew() {
  try {
    const answer = await fetch("live.html", { cache: "no-store" });
    if (answer.redirected) location.replace(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#live");
    if (fresh) document.querySelector("#live")?.replaceWith(fresh);
  } catch { /* the server has stopped: what was known stays */ }
}

if (document.querySelector("#live")) setInterval(() => void renew(), 1000);
