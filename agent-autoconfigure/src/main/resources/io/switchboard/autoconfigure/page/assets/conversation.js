// What is said in a session, step by step, and a place to say something.

import { events, post } from './api.js';
import { el } from './dom.js';

const TURNS = 50;
const AGAIN = 3000;

export class Conversation {

  constructor(element, base, { agent, session, fresh }) {
    this.address = `..${base}/${encodeURIComponent(agent)}`;
    this.session = session;
    this.fresh = fresh;
    this.lastId = 0;
    this.ahead = new Set();
    this.turns = new Map();
    this.said = [];
    this.lines = el('ol', { class: 'timeline', role: 'log', 'aria-label': 'Timeline', tabindex: 0 });
    this.problem = el('p', { class: 'message', role: 'status' });
    this.input = el('textarea', { rows: 2, 'aria-label': 'What to say', placeholder: fresh ? 'Begin a new session' : 'Say something',
      on: { keydown: (event) => this.pressed(event) } });
    this.button = el('button', { type: 'submit' }, 'Send');
    element.append(this.lines, this.problem,
      el('form', { class: 'say', on: { submit: (event) => this.submitted(event) } }, this.input, this.button));
  }

  open() {
    if (!this.abort) {
      this.abort = new AbortController();
      if (this.session) {
        this.follow();
      }
    }
  }

  close() {
    this.abort?.abort();
  }

  place() {
    return this.session ? `${this.address}/${encodeURIComponent(this.session)}` : this.address;
  }

  // All that is kept of the session and then what happens; again when the connection is lost
  async follow() {
    const signal = this.abort.signal;
    this.following = true;
    while (!signal.aborted) {
      try {
        await this.recall(signal);
        const response = await fetch(`${this.place()}/events`,
          { headers: { Accept: 'text/event-stream', 'Last-Event-ID': `${this.lastId}` }, signal });
        if (!response.ok) {
          throw new Error(`The server answered ${response.status}.`);
        }
        for await (const event of events(response)) {
          this.hear(event);
        }
      } catch (ex) {
        // below
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }

  // Events do not say what the user said; the transcript does, beside the answers
  async recall(signal) {
    const response = await fetch(this.place(), { headers: { Accept: 'application/json' }, signal });
    if (response.ok) {
      this.said = (await response.json()).transcript;
    }
  }

  pressed(event) {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.submitted(event);
    }
  }

  async submitted(event) {
    event.preventDefault();
    const input = this.input.value.trim();
    if (!input || this.button.disabled) {
      return;
    }
    this.input.value = '';
    this.problem.textContent = '';
    this.button.disabled = true;
    try {
      const response = await post(`${this.place()}/turns`, { input }, { Accept: 'text/event-stream' });
      this.begun(response.headers.get('Location'));
      let turn = null;
      for await (const told of events(response)) {
        if (!turn && told.data.turn) {
          turn = this.turn(told.data.turn);
          turn.input(input);
        }
        if (this.isNews(told)) {
          this.take(told);
        }
      }
    } catch (ex) {
      this.problem.textContent = ex.message;
    }
    this.button.disabled = false;
  }

  // The first turn has made a session, and the next go there
  begun(location) {
    if (this.fresh && location) {
      this.session = decodeURIComponent(location.slice(location.lastIndexOf('/') + 1));
      this.fresh = false;
    }
  }

  // Takes what the feed tells, which alone says up to where all is known
  hear(told) {
    if (told.event === 'gap' && told.data.code === 'unknown-event-id') {
      // the session has begun anew, and counts from the start
      this.lastId = told.data.next - 1;
      this.ahead.clear();
    }
    const id = Number(told.id ?? 0);
    const known = id && (id <= this.lastId || this.ahead.delete(id));
    this.lastId = Math.max(this.lastId, id);
    if (!known) {
      this.take(told);
    }
  }

  // The answer to a turn tells what the feed tells too, if there is one
  isNews({ id }) {
    if (!id || !this.following) {
      return true;
    }
    const number = Number(id);
    if (number <= this.lastId || this.ahead.has(number)) {
      return false;
    }
    this.ahead.add(number);
    return true;
  }

  take({ event, data }) {
    const atEnd = this.lines.scrollTop + this.lines.clientHeight >= this.lines.scrollHeight - 20;
    if (data.turn) {
      this.turn(data.turn).take(event, data);
    } else if (event === 'restarted') {
      this.lines.append(el('li', { class: 'restarted' }, `crashed and is back in life ${data.incarnation}: ${data.reason}`));
    } else {
      this.lines.append(el('li', { class: 'note' }, `${event}: ${data.detail ?? data.code ?? ''}`));
    }
    while (this.lines.children.length > TURNS) {
      this.lines.firstChild.remove();
    }
    if (atEnd) {
      this.lines.scrollTop = this.lines.scrollHeight;
    }
  }

  turn(id) {
    if (!this.turns.has(id)) {
      const turn = new Turn(this, id);
      this.turns.set(id, turn);
      this.lines.append(turn.element);
      if (this.turns.size > TURNS) {
        this.turns.delete(this.turns.keys().next().value);
      }
    }
    return this.turns.get(id);
  }

  // What the user had said before an answer
  question(answer) {
    const at = this.said.findIndex(({ role, text }) => role === 'assistant' && text === answer);
    const before = this.said.slice(0, Math.max(0, at)).reverse().find(({ role }) => role === 'user');
    if (at >= 0) {
      this.said = this.said.slice(at + 1);
    }
    return before?.text;
  }

  decide(turn, call, decision) {
    return post(`${this.place()}/turns/${encodeURIComponent(turn)}/approvals/${encodeURIComponent(call)}`, { decision });
  }

}

class Turn {

  constructor(conversation, id) {
    this.conversation = conversation;
    this.id = id;
    this.asked = el('p', { class: 'input', hidden: true });
    this.steps = el('ol', { class: 'steps' });
    this.end = el('p', { class: 'end' });
    this.element = el('li', { class: 'turn', 'data-turn': id }, this.asked, this.steps, this.end);
    this.text = null;
  }

  input(text) {
    this.asked.textContent = text;
    this.asked.hidden = false;
  }

  take(event, data) {
    this.element.dataset.state = event;
    const takers = {
      'token': () => this.token(data.text),
      'tool-call': () => this.step('tool-call', `calls ${data.tool}`, data.arguments),
      'tool-result': () => this.step('tool-result', `${data.tool} says`, data.result),
      'awaiting-approval': () => this.ask(data),
      'recovering': () => this.recover(data),
      'turn-completed': () => this.complete(data),
      'turn-failed': () => this.over(`failed: ${data.failure}. ${data.detail ?? ''}`),
      'turn-cancelled': () => this.over('cancelled'),
    };
    takers[event]?.();
  }

  token(text) {
    if (!this.text) {
      this.text = el('li', { class: 'answer' });
      this.steps.append(this.text);
    }
    this.text.append(text);
  }

  step(kind, what, content) {
    this.text = null;
    const shown = (content === undefined || content === null) ? null
      : el('code', {}, (typeof content === 'string') ? content : JSON.stringify(content));
    this.steps.append(el('li', { class: kind }, el('span', {}, what), ' ', shown));
  }

  // What was said since the last step is void
  recover({ failure, rung, attempt }) {
    this.text?.classList.add('void');
    this.step('recovering', `${failure}: ${rung}, attempt ${attempt}`);
  }

  ask({ call, tool, arguments: values, failure }) {
    this.text = null;
    const decide = (decision) => async () => {
      try {
        await this.conversation.decide(this.id, call, decision);
        buttons.remove();
      } catch (ex) {
        this.conversation.problem.textContent = ex.message;
      }
    };
    const buttons = el('span', { class: 'actions' },
      tool ? el('button', { type: 'button', 'data-decision': 'approve', on: { click: decide('approve') } }, 'approve') : null,
      tool ? el('button', { type: 'button', 'data-decision': 'reject', on: { click: decide('reject') } }, 'reject') : null);
    this.steps.append(el('li', { class: 'approval' }, tool ? `wants to call ${tool} ` : `failed with ${failure}, and asks what to do `,
      values ? el('code', {}, (typeof values === 'string') ? values : JSON.stringify(values)) : null, ' ', buttons));
  }

  complete({ answer, usage, steps }) {
    if (!this.steps.querySelector('.answer:not(.void)')) {
      this.token(answer);
    }
    const question = this.asked.hidden ? this.conversation.question(answer) : null;
    if (question) {
      this.input(question);
    }
    this.over(`${steps} ${steps === 1 ? 'step' : 'steps'}, ${usage.inputTokens} tokens in, ${usage.outputTokens} out`);
  }

  over(text) {
    this.steps.querySelectorAll('button').forEach((button) => button.remove());
    this.end.textContent = text;
  }

}
