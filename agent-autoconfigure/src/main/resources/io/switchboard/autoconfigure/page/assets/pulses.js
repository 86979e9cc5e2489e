// Follows what happens. After a lost connection, or a pulse that was missed, whoever shows something reads it anew.

const AGAIN = 3000;

// There is a pulse every second. A connection may be dead without anybody being told.
const DEAD = 10000;

export class Pulses extends EventTarget {

  constructor(connection) {
    super();
    this.connection = connection;
    this.last = null;
    this.connect();
  }

  connect() {
    this.source = new EventSource('api/events');
    this.connectIn(DEAD);
    this.source.addEventListener('open', () => {
      this.connectIn(DEAD);
      this.last = null;
      this.show('live');
      this.dispatchEvent(new Event('connected'));
      this.dispatchEvent(new Event('stale'));
    });
    this.source.addEventListener('error', () => {
      this.show('lost');
      if (this.source.readyState === EventSource.CLOSED) {
        this.connectIn(AGAIN);
      }
    });
    this.source.addEventListener('pulse', (event) => {
      this.connectIn(DEAD);
      const pulse = JSON.parse(event.data);
      const missed = this.last !== null && pulse.number !== this.last + 1;
      this.last = pulse.number;
      this.dispatchEvent(new CustomEvent('pulse', { detail: pulse }));
      if (missed || pulse.many) {
        this.dispatchEvent(new Event('stale'));
      }
    });
  }

  // Unless something is heard before
  connectIn(millis) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.source.close();
      this.show('lost');
      this.connect();
    }, millis);
  }

  show(state) {
    this.connection.dataset.state = state;
    this.connection.textContent = (state === 'live') ? 'live' : 'connection lost, trying again';
  }

}
