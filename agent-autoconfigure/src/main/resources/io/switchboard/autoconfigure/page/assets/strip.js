// Rates of the last minute, each as a number and a line.

import { el } from './dom.js';

const SECONDS = 60;
const SHOWN = 5;

const RATES = [
  { name: 'messages', unit: 'messages/s' },
  { name: 'turns', unit: 'turns/s' },
  { name: 'restarts', unit: 'restarts/s', alarming: true },
];

export class Strip {

  constructor(element) {
    this.at = null;
    this.rates = RATES.map((rate) => new Rate(rate, element));
    setInterval(() => this.rates.forEach((rate) => rate.tick()), 1000);
  }

  // What happened while nobody looked is of no second that is shown
  reset() {
    this.at = null;
    this.rates.forEach((rate) => rate.reset());
  }

  take(pulse) {
    const at = Date.parse(pulse.at);
    const seconds = this.at ? Math.max(1, Math.round((at - this.at) / 1000)) : 1;
    this.at = at;
    this.rates.forEach((rate) => {
      if (rate.name === 'restarts') {
        rate.count(pulse.restarts, seconds);
      } else {
        rate.total(pulse.totals[rate.name], seconds);
      }
    });
  }

}

class Rate {

  constructor({ name, unit, alarming }, strip) {
    this.name = name;
    this.last = null;
    this.seconds = new Array(SECONDS).fill(0);
    this.now = 0;
    this.number = el('b', {}, '0');
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    this.line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
    svg.setAttribute('viewBox', `0 0 ${SECONDS - 1} 20`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(this.line);
    this.element = el('div', { class: 'rate', id: `rate-${name}`, hidden: name !== 'restarts',
      'data-alarming': alarming }, this.number, el('span', {}, ` ${unit}`), svg);
    strip.append(this.element);
    this.draw();
  }

  // A count since the start of the application
  total(total, seconds) {
    if (total === undefined) {
      return;
    }
    this.element.hidden = false;
    this.count((this.last === null || total < this.last) ? 0 : total - this.last, seconds);
    this.last = total;
  }

  // Pulses may be missed, and then a count is that of many seconds
  count(count, seconds) {
    this.now += count / seconds;
    for (let before = 1; before < seconds && before < SECONDS; before++) {
      this.seconds[SECONDS - before] += count / seconds;
    }
  }

  reset() {
    this.last = null;
  }

  tick() {
    this.seconds.push(this.now);
    this.seconds.shift();
    this.now = 0;
    this.draw();
  }

  draw() {
    const rate = this.seconds.slice(-SHOWN).reduce((sum, each) => sum + each, 0) / SHOWN;
    this.number.textContent = (rate >= 10 || rate === 0) ? Math.round(rate).toLocaleString('en') : rate.toFixed(1);
    this.element.classList.toggle('moving', rate > 0);
    const top = Math.max(1, ...this.seconds);
    this.line.setAttribute('points', this.seconds.map((each, x) => `${x},${(19 - (18 * each) / top).toFixed(1)}`).join(' '));
  }

}
