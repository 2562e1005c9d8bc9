// Filters and sorts the table without leaving the page. The page that the server gives for an
// address is what is shown, here too: it is fetched, and this page becomes like it. What is alike
// stays as it is, and with it the focus, the scroll position and what is folded open.
// If anything goes wrong the browser goes to the address in the ordinary way.

// What the head says of the address: a browser shares the one that the page is known under.
const KNOWN_AS = "link[rel=canonical], link[hreflang], meta[property], meta[name=description]";

let shown = location.pathname + location.search;
let asking = null;
// Whether what is being asked is an earlier or later state of the page, which has the address already.
let isReturning = false;
// The field in which somebody is typing on while a page is on its way.
let unfinished = null;

document.addEventListener("change", ({ target }) => {
  // A text is searched for when it is finished, which the form says by itself.
  if (target.form?.matches(".filters") && target.type !== "search") show(addressOf(target.form));
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".filters")) return;
  event.preventDefault();
  show(addressOf(event.target));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-in-place]");
  // With a key held down it is to be opened elsewhere.
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link.href);
});

// Within a page the address changes too, by its fragment. Who goes back and forth quickly comes again
// to what is shown, while something else is on its way.
addEventListener("popstate", () => {
  const isShown = shown === location.pathname + location.search;
  if (!isShown || isReturning) show(location.href, { isNew: false });
});

function addressOf(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value);
  return `${form.action}?${new URLSearchParams(filled)}`;
}

async function show(address, { isNew = true } = {}) {
  asking?.abort();
  const { signal } = (asking = new AbortController());
  isReturning = !isNew;
  document.documentElement.dataset.filtering = "";
  const { value: typed } = document.getElementById("filter-q");
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    // The server writes what was asked in one order, and without what is empty or ignored.
    const { address: canonical } = next.querySelector("[data-address]").dataset;
    if (signal.aborted) return;
    if (isNew && canonical !== shown) history.pushState(null, "", canonical);
    shown = location.pathname + location.search;
    document.title = next.title;
    const known = document.head.querySelectorAll(KNOWN_AS);
    next.head.querySelectorAll(KNOWN_AS).forEach((each, at) => become(known[at], each));
    const focused = document.activeElement;
    unfinished = focused.id === "filter-q" && focused.value !== typed ? focused : null;
    become(document.body, next.body);
    // A number that stayed the same is announced too, if it is put there anew.
    const found = document.getElementById("gevonden");
    found.replaceChildren(...found.cloneNode(true).childNodes);
    // Where the focus was on something that is no longer there, it goes to what was found.
    if (!focused.isConnected) {
      const instead = document.getElementById(focused.id || "gevonden");
      (instead ?? document.getElementById("gevonden")).focus({ preventScroll: true });
    }
  } catch (error) {
    // Another choice has come after this one.
    if (error.name === "AbortError") return;
    location.assign(address);
  }
  isReturning = false;
  // Also of a page that is left: somebody may stop that, or come back to it.
  delete document.documentElement.dataset.filtering;
}

// Makes an element or text like another one of its kind, and leaves alone what is so already.
function become(node, next) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== next.data) node.data = next.data;
    return;
  }
  for (const { name } of [...node.attributes]) {
    // What somebody has folded open stays open.
    if (!next.hasAttribute(name) && name !== "open") node.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  let rest = node.firstChild;
  for (const child of next.childNodes) {
    const match = matchOf(child, rest);
    if (match) {
      removeBetween(rest, match);
      become(match, child);
      rest = match.nextSibling;
    } else node.insertBefore(document.importNode(child, true), rest);
  }
  removeBetween(rest, null);
  // What somebody chose or typed is no attribute.
  if (node.nodeName === "INPUT") {
    node.checked = next.checked;
    if (node.value !== next.value && node !== unfinished) node.value = next.value;
  } else if (node.nodeName === "SELECT") node.value = next.value;
}

// Of these siblings the one that can become this child. A text is not worth looking for.
function matchOf(child, sibling) {
  const isAlike = (other) =>
    other.nodeName === child.nodeName &&
    other.id === child.id &&
    other.classList?.[0] === child.classList?.[0];
  while (sibling && !isAlike(sibling)) {
    sibling = child.nodeType === Node.ELEMENT_NODE ? sibling.nextSibling : null;
  }
  return sibling;
}

function removeBetween(sibling, end) {
  while (sibling !== end) {
    const following = sibling.nextSibling;
    sibling.remove();
    sibling = following;
  }
}
