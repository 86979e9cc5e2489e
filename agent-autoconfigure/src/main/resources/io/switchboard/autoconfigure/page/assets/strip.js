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
    this.rates = RATES.map((rate) => new Rate(rate, element));
    setInterval(() => this.rates.forEach((rate) => rate.tick()), 1000);
  }

  take(pulse) {
    this.rates.forEach((rate) => {
      if (rate.name === 'restarts') {
        rate.count(pulse.restarts);
      } else {
        rate.total(pulse.totals[rate.name]);
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
  total(total) {
    if (total === undefined) {
      return;
    }
    this.element.hidden = false;
    this.count((this.last === null || total < this.last) ? 0 : total - this.last);
    this.last = total;
  }

  count(count) {
    this.now += count;
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
