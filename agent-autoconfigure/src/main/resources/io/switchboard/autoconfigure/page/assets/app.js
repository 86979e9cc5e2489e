import { get } from './api.js';
import { byId, el, fragment, time } from './dom.js';
import { Panel } from './node.js';
import { Pulses } from './pulses.js';
import { Strip } from './strip.js';
import { Tree } from './tree.js';

const LINES = 50;
const WAIT = 200;

const settings = await get('settings');
byId('application').textContent = settings.application;
document.title = `${settings.application} · Switchboard`;

const tree = new Tree(byId('tree'));
const strip = new Strip(byId('strip'));
const pulses = new Pulses(byId('connection'));

const panel = new Panel(byId('node'), settings);

pulses.addEventListener('connected', () => strip.reset());
pulses.addEventListener('stale', () => tree.refreshSoon());
pulses.addEventListener('pulse', ({ detail: pulse }) => {
  strip.take(pulse);
  tree.changed(pulse);
  tell(pulse.news);
  if (pulse.rows.some((row) => row.path === panel.path)) {
    panel.refresh();
  }
});
tree.arrange();

// The node in the address is the one that is shown, so that it can be sent to a colleague
function address() {
  const path = decoded(location.hash.slice(1)) || null;
  panel.show(path);
  tree.mark(path);
}

// Somebody may have typed it
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function go(path) {
  history.replaceState(null, '', path ? fragment(path) : location.pathname);
  address();
}

window.addEventListener('hashchange', address);
tree.addEventListener('select', ({ detail: path }) => go(path));
panel.addEventListener('close', () => {
  go(null);
  tree.element.focus();
});
panel.addEventListener('acted', () => tree.refresh());
address();

function tell(news) {
  const lines = byId('news-lines');
  news.forEach(({ at, path, what, reason }) => lines.prepend(el('li', { 'data-what': what },
    el('time', { datetime: at }, time(at)), el('a', { href: fragment(path) }, path), el('span', { class: 'what' }, what),
    el('span', { class: 'reason' }, reason ?? ''))));
  while (lines.children.length > LINES) {
    lines.lastChild.remove();
  }
}

let waiting = null;
const search = byId('search');
const attention = byId('attention');

function find() {
  const unwell = attention.getAttribute('aria-pressed') === 'true';
  const text = search.value.trim();
  tree.find((text || unwell) ? { q: text, unwell } : null);
}

search.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, WAIT);
});
search.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'Enter') {
    event.preventDefault();
    tree.element.focus();
    tree.move(0);
  } else if (event.key === 'Escape') {
    search.value = '';
    find();
  }
});
byId('filter').addEventListener('submit', (event) => event.preventDefault());
attention.addEventListener('click', () => {
  attention.setAttribute('aria-pressed', attention.getAttribute('aria-pressed') !== 'true');
  find();
});
tree.addEventListener('loaded', () => {
  byId('found').textContent = tree.found ? `${counted(tree.found)} found` : '';
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.closest('input, textarea')) {
    event.preventDefault();
    search.focus();
  } else if (event.key === 'Escape' && panel.path !== null && !document.querySelector('dialog[open]')) {
    go(null);
    tree.element.focus();
  }
});

// A tree that is too large is not looked through whole
function counted({ total, cut }) {
  return `${total.toLocaleString('en')}${cut ? '+' : ''}`;
}

async function count() {
  if (!document.hidden) {
    try {
      const list = await get('search', { unwell: true, limit: 0 });
      byId('attention-count').textContent = counted(list);
      attention.classList.toggle('some', list.total > 0);
    } catch {
      // the connection says so
    }
  }
  setTimeout(count, 3000);
}
count();
