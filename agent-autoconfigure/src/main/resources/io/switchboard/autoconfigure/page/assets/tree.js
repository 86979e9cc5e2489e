// The tree: reads it from the server in pages, and has only those rows in the document that are to be seen.

import { get } from './api.js';
import { el, span } from './dom.js';
import { Branch, Layout } from './layout.js';

const MARGIN = 6;
const REFRESH = 2000;
const FOUND = '?';
const OPEN_AT_FIRST = 25;

export class Tree extends EventTarget {

  constructor(element) {
    super();
    this.element = element;
    this.space = el('div', { class: 'space' });
    element.append(this.space);
    this.nodes = new Map();
    this.branches = new Map();
    this.elements = new Map();
    this.query = null;
    this.selected = null;
    this.active = null;
    this.layout = new Layout(null);
    element.addEventListener('scroll', () => this.draw(), { passive: true });
    element.addEventListener('click', (event) => this.clicked(event));
    element.addEventListener('keydown', (event) => this.pressed(event));
    new ResizeObserver(() => this.draw()).observe(element);
    setInterval(() => document.hidden || this.refresh(), REFRESH);
    this.trunk = new Branch(null, (offset, limit) => this.readTrunk(offset, limit));
  }

  async readTrunk() {
    const { node } = await get('children', { path: '/', limit: 0 });
    return { total: 1, offset: 0, rows: [node] };
  }

  branch(path) {
    if (!this.branches.has(path)) {
      this.branches.set(path, new Branch(path, async (offset, limit) => {
        const { node, list } = await get('children', { path, offset, limit });
        this.take(node);
        return list;
      }));
    }
    return this.branches.get(path);
  }

  // Shows what is found instead of the tree, or the tree again
  find(query) {
    this.query = query;
    this.found = query && new Branch(FOUND, (offset, limit) => get('search', { ...query, offset, limit }));
    this.element.scrollTop = 0;
    this.arrange();
  }

  // Takes what is known of a node now; says whether anybody shows it
  take(row) {
    const before = this.nodes.get(row.path);
    this.nodes.set(row.path, row);
    if (before && row.restarts > before.restarts) {
      this.flash(row.path);
    }
    const branch = this.branches.get(row.path);
    if (branch && row.children !== undefined && branch.loaded && row.children !== branch.total) {
      branch.resize(row.children);
    }
  }

  changed(pulse) {
    pulse.rows.filter((row) => this.nodes.has(row.path)).forEach((row) => this.take(row));
    this.arrange();
    if (pulse.lists.some((path) => this.found || this.branches.get(path)?.open)) {
      this.refreshSoon();
    }
  }

  refreshSoon() {
    this.soon ??= setTimeout(() => {
      this.soon = null;
      this.refresh();
    }, 400);
  }

  // Reads anew what is to be seen
  refresh() {
    const [from, to] = this.window();
    const pages = new Map();
    for (let at = from; at < to; at++) {
      const place = this.layout.at(at);
      if (place) {
        const page = Branch.pageOf(place.index);
        pages.set(`${place.branch.path} ${page}`, [place.branch, page]);
      }
    }
    pages.forEach(([branch, page]) => this.load(branch, page, true));
    if (this.layout.length === 0) {
      this.load(this.found ?? this.trunk, 0, true);
    }
  }

  async load(branch, page, again = false) {
    try {
      const rows = await branch.load(page, again);
      if (rows) {
        rows.forEach((row) => this.take(row));
        rows.forEach((row) => this.openAtFirst(row, branch));
        this.arrange();
        this.dispatchEvent(new Event('loaded'));
      }
    } catch (ex) {
      // gone, or the connection is: the next refresh tells
      if (ex.status === 404) {
        branch.resize(0);
        this.arrange();
      }
    }
  }

  openAtFirst(row, parent) {
    if (row.children === undefined || parent.path === FOUND || this.branches.has(row.path)) {
      return;
    }
    this.branch(row.path).open = parent === this.trunk || row.children <= OPEN_AT_FIRST;
  }

  arrange() {
    this.layout = new Layout(this.found ?? this.trunk, this.found ? null : this.branches);
    this.draw();
  }

  rowHeight() {
    return parseFloat(getComputedStyle(this.element).getPropertyValue('--row')) || 30;
  }

  window() {
    const height = this.rowHeight();
    const first = Math.floor(this.element.scrollTop / height);
    const count = Math.ceil(this.element.clientHeight / height);
    return [Math.max(0, first - MARGIN), Math.min(this.layout.length, first + count + MARGIN)];
  }

  draw() {
    const height = this.rowHeight();
    this.space.style.height = `${this.layout.length * height}px`;
    const shown = new Map();
    const [from, to] = this.window();
    for (let at = from; at < to; at++) {
      const place = this.layout.at(at);
      const path = place.branch.pathAt(place.index);
      if (path === undefined) {
        this.load(place.branch, Branch.pageOf(place.index));
      }
      const key = path ?? `${place.branch.path} ${place.index}`;
      const element = this.elements.get(key) ?? el('div', { role: 'treeitem' });
      this.fill(element, at, place, this.nodes.get(path));
      element.style.transform = `translateY(${at * height}px)`;
      shown.set(key, element);
    }
    this.elements.forEach((element, key) => shown.has(key) || element.remove());
    this.elements = shown;
    let before = null;
    shown.forEach((element) => {
      if (element.parentNode !== this.space || element.previousSibling !== before) {
        this.space.insertBefore(element, before ? before.nextSibling : this.space.firstChild);
      }
      before = element;
    });
    this.markActive();
  }

  fill(element, at, place, row) {
    const open = row?.children > 0 ? Boolean(this.branches.get(row.path)?.open && !this.found) : null;
    const sign = JSON.stringify([at, place.depth, place.index, place.branch.total, open, row,
      row?.path === this.selected, Boolean(this.found)]);
    if (element.dataset.sign === sign) {
      return;
    }
    element.dataset.sign = sign;
    element.id = `row-${at}`;
    element.dataset.at = at;
    element.dataset.path = row?.path ?? '';
    element.dataset.status = row?.status ?? '';
    element.setAttribute('aria-level', place.depth + 1);
    element.setAttribute('aria-posinset', place.index + 1);
    element.setAttribute('aria-setsize', place.branch.total);
    element.setAttribute('aria-selected', row !== undefined && row.path === this.selected);
    if (open === null || this.found) {
      element.removeAttribute('aria-expanded');
    } else {
      element.setAttribute('aria-expanded', open);
    }
    element.replaceChildren(...(row ? this.cells(row, place, open) : [el('span', { class: 'name loading' }, '…')]));
  }

  cells(row, place, open) {
    const name = el('span', { class: 'name' },
      el('span', { class: 'twisty', 'aria-hidden': 'true' }, (open === null || this.found) ? '' : (open ? '▾' : '▸')),
      el('span', { class: 'dot', 'aria-hidden': 'true' }),
      el('span', { class: 'label', title: row.path }, this.found ? row.path : row.name),
      (row.children !== undefined) ? el('span', { class: 'count' }, `${row.children}`) : null);
    name.style.paddingInlineStart = `${place.depth * 1.1}rem`;
    return [name,
      el('span', { class: 'status' }, row.activity ? `${row.status}, ${row.activity}` : row.status),
      this.mailbox(row),
      el('span', { class: row.restarts > 0 ? 'restarts some' : 'restarts',
        title: row.exit ? `last exit: ${row.exit}` : '' }, `${row.restarts}`)];
  }

  mailbox(row) {
    if (row.mailbox === undefined) {
      return el('span', { class: 'mailbox', title: 'restart budget: spent of allowed' },
        el('span', { class: 'number' }, `${row.spent}/${row.budget}`));
    }
    const bar = el('span', { class: 'bar' }, el('span', {}));
    bar.firstChild.style.width = `${Math.min(100, (100 * row.mailbox) / row.capacity)}%`;
    const title = `${row.mailbox} of ${row.capacity}` + (row.oldest ? `, the first for ${span(row.oldest)}` : '');
    return el('span', { class: row.mailbox >= 0.8 * row.capacity ? 'mailbox full' : 'mailbox', title },
      bar, el('span', { class: 'number' }, `${row.mailbox}`));
  }

  flash(path) {
    const element = this.elements.get(path);
    if (element) {
      element.classList.remove('flash');
      void element.offsetWidth;
      element.classList.add('flash');
    }
  }

  toggle(path, open = !this.branch(path).open) {
    this.branch(path).open = open;
    this.arrange();
  }

  mark(path) {
    this.selected = path;
    this.active = path ?? this.active;
    this.draw();
  }

  select(path) {
    this.dispatchEvent(new CustomEvent('select', { detail: path }));
  }

  clicked(event) {
    const element = event.target.closest('[role=treeitem]');
    const path = element?.dataset.path;
    if (!path) {
      return;
    }
    if (event.target.closest('.twisty') && element.hasAttribute('aria-expanded')) {
      this.active = path;
      this.toggle(path);
    } else {
      this.select(path);
    }
  }

  pressed(event) {
    const at = Math.max(0, this.layout.find(this.active));
    const row = this.nodes.get(this.layout.pathAt(at));
    const open = row && this.branches.get(row.path)?.open;
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.rowHeight()) - 1);
    const known = this.layout.find(this.active) >= 0;
    const moves = {
      ArrowDown: () => this.move(known ? at + 1 : 0),
      ArrowUp: () => this.move(at - 1),
      PageDown: () => this.move(at + page),
      PageUp: () => this.move(at - page),
      Home: () => this.move(0),
      End: () => this.move(this.layout.length - 1),
      ArrowRight: () => (row?.children > 0 && !this.found && !open) ? this.toggle(row.path, true) : open && this.move(at + 1),
      ArrowLeft: () => (open && !this.found) ? this.toggle(row.path, false) : this.move(this.layout.find(this.layout.at(at)?.branch.path)),
      Enter: () => row && this.select(row.path),
      ' ': () => row && this.select(row.path),
    };
    if (moves[event.key] && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      moves[event.key]();
    }
  }

  async move(to) {
    const at = Math.min(Math.max(0, to), this.layout.length - 1);
    const place = this.layout.at(at);
    if (!place) {
      return;
    }
    this.scrollTo(at);
    if (place.branch.pathAt(place.index) === undefined) {
      await this.load(place.branch, Branch.pageOf(place.index));
    }
    this.active = place.branch.pathAt(place.index) ?? this.active;
    this.draw();
  }

  scrollTo(at) {
    const height = this.rowHeight();
    const top = at * height;
    if (top < this.element.scrollTop) {
      this.element.scrollTop = top;
    } else if (top + height > this.element.scrollTop + this.element.clientHeight) {
      this.element.scrollTop = top + height - this.element.clientHeight;
    }
  }

  markActive() {
    this.space.querySelector('.active')?.classList.remove('active');
    const element = this.elements.get(this.active);
    if (element) {
      element.classList.add('active');
      this.element.setAttribute('aria-activedescendant', element.id);
    } else {
      this.element.removeAttribute('aria-activedescendant');
    }
  }

}
