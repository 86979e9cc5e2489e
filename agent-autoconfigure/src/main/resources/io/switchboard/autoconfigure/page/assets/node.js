// One node from near.

import { get, post } from './api.js';
import { el, fragment } from './dom.js';
import { Conversation } from './conversation.js';
import { facts } from './facts.js';
import { crashReports, trace } from './reports.js';

const REFRESH = 2000;

const WARNINGS = {
  restart: 'What it knows of its present life is lost. What waits in mailboxes waits on.',
  stop: 'It stays down, and what waits in its mailbox is lost. A session is taken from the tree.',
  drain: 'It takes no more messages, finishes those that wait, and stops.',
  kill: 'Its life ends at once and without cleanup, as in a crash, and its supervisor counts it.',
};

export class Panel extends EventTarget {

  constructor(element, settings) {
    super();
    this.element = element;
    this.settings = settings;
    this.path = null;
    this.tab = 'overview';
    setInterval(() => document.hidden || this.refresh(), REFRESH);
  }

  show(path) {
    if (this.path === path) {
      return;
    }
    this.conversation?.close();
    this.conversation = null;
    this.path = path;
    this.sign = null;
    this.element.hidden = path === null;
    if (path === null) {
      return;
    }
    const turns = this.turns(path);
    const tabs = { overview: 'Overview', conversation: 'Conversation', crashes: 'Crashes', trace: 'Trace' };
    if (!turns) {
      delete tabs.conversation;
    }
    this.panels = {};
    this.tabs = {};
    this.actions = el('div', { class: 'actions', role: 'toolbar', 'aria-label': 'Actions' });
    this.message = el('p', { class: 'message', role: 'status' });
    const list = el('div', { role: 'tablist', on: { keydown: (event) => this.turn(event) } });
    for (const [name, title] of Object.entries(tabs)) {
      this.tabs[name] = el('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}`,
        on: { click: () => this.open(name) } }, title);
      this.panels[name] = el('div', { role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}` });
      list.append(this.tabs[name]);
    }
    this.status = el('span', { class: 'state' });
    this.element.replaceChildren(
      el('header', {}, el('h2', {}, ...this.crumbs(path)), this.status,
        el('button', { type: 'button', class: 'close', 'aria-label': 'Close', on: { click: () => this.dispatchEvent(new Event('close')) } }, '✕')),
      this.actions, this.message, list, ...Object.values(this.panels));
    if (turns) {
      this.conversation = new Conversation(this.panels.conversation, this.settings.turns, turns);
    }
    this.open(this.tabs[this.tab] ? this.tab : 'overview');
    this.refresh();
  }

  crumbs(path) {
    const names = path.split('/').filter(Boolean);
    const links = names.map((name, at) => el('a', { href: fragment(`/${names.slice(0, at + 1).join('/')}`) }, name));
    return [el('a', { href: '#/' }, '/'), ...links.flatMap((link, at) => at ? [' / ', link] : [' ', link])];
  }

  // The agent and session to talk to, if any
  turns(path) {
    if (!this.settings.turns) {
      return null;
    }
    for (const agent of this.settings.agents.filter((each) => each.turns)) {
      if (!agent.perSession && agent.path === path) {
        return { agent: agent.name };
      }
      if (agent.perSession && agent.path === path) {
        return { agent: agent.name, fresh: true };
      }
      if (agent.perSession && path.startsWith(`${agent.path}/`)) {
        return { agent: agent.name, session: path.slice(agent.path.length + 1) };
      }
    }
    return null;
  }

  open(tab) {
    this.tab = tab;
    for (const [name, button] of Object.entries(this.tabs)) {
      button.setAttribute('aria-selected', name === tab);
      button.tabIndex = (name === tab) ? 0 : -1;
      this.panels[name].hidden = name !== tab;
    }
    if (tab === 'conversation') {
      this.conversation.open();
    }
  }

  turn(event) {
    const names = Object.keys(this.tabs);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = names[(names.indexOf(this.tab) + step + names.length) % names.length];
      this.open(next);
      this.tabs[next].focus();
    }
  }

  async refresh() {
    const path = this.path;
    if (path === null) {
      return;
    }
    try {
      const { node, actions } = await get('node', { path });
      if (path === this.path) {
        this.fill(node, actions);
      }
    } catch (ex) {
      if (path === this.path && ex.status === 404) {
        this.fill({ status: 'gone', crashReports: [] }, []);
      }
    }
  }

  fill(node, actions) {
    const sign = JSON.stringify([node, actions]);
    if (sign === this.sign) {
      return;
    }
    this.sign = sign;
    this.status.textContent = node.status;
    this.element.dataset.status = node.status;
    const opened = [...this.element.querySelectorAll('details[open]')].map((details) => details.dataset.key);
    this.panels.overview.replaceChildren((node.status === 'gone')
      ? el('p', { class: 'nothing' }, 'It is not in the tree now. A session comes back when it is spoken to.') : facts(node));
    this.panels.crashes.replaceChildren(...crashReports(node.crashReports));
    this.element.querySelectorAll('details').forEach((details) => {
      details.open = opened.includes(details.dataset.key);
    });
    this.tabs.crashes.textContent = node.crashReports.length ? `Crashes (${node.crashReports.length})` : 'Crashes';
    this.fillTrace(node, actions);
    this.buttons(this.actions, actions.filter((action) => !action.startsWith('trace')));
  }

  fillTrace(node, actions) {
    this.tabs.trace.hidden = node.type !== 'agent';
    const buttons = el('div', { class: 'actions' });
    this.buttons(buttons, actions.filter((action) => action.startsWith('trace')));
    this.panels.trace.replaceChildren(buttons, trace(node.trace));
  }

  buttons(place, actions) {
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    place.replaceChildren(...actions.map((action) => el('button', { type: 'button', 'data-action': action,
      on: { click: () => this.act(action) } }, action.replace('-', ' '))));
    place.hidden = actions.length === 0;
    place.querySelector(`[data-action="${focused}"]`)?.focus();
  }

  async act(action) {
    const path = this.path;
    if (WARNINGS[action] && !await this.confirmed(action, path)) {
      return;
    }
    this.message.textContent = '';
    try {
      await post('api/actions', { path, action });
    } catch (ex) {
      this.message.textContent = ex.message;
    }
    this.dispatchEvent(new Event('acted'));
    this.refresh();
  }

  confirmed(action, path) {
    return new Promise((resolve) => {
      const dialog = el('dialog', { 'aria-labelledby': 'confirm' },
        el('h2', { id: 'confirm' }, `${action} `, el('code', {}, path), '?'),
        el('p', {}, WARNINGS[action]),
        el('div', { class: 'actions' },
          el('button', { type: 'button', autofocus: true, on: { click: () => dialog.close('no') } }, 'Cancel'),
          el('button', { type: 'button', class: 'danger', 'data-confirm': action, on: { click: () => dialog.close('yes') } }, action)));
      dialog.addEventListener('close', () => {
        dialog.remove();
        resolve(dialog.returnValue === 'yes');
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }

}
