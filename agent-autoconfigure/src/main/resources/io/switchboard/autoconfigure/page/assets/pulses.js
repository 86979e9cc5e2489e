// Follows what happens. After a lost connection, or a pulse that was missed, whoever shows something reads it anew.

export class Pulses extends EventTarget {

  constructor(connection) {
    super();
    this.connection = connection;
    this.last = null;
    this.connect();
  }

  connect() {
    this.source = new EventSource('api/events');
    this.source.addEventListener('open', () => {
      this.last = null;
      this.show('live');
      this.dispatchEvent(new Event('stale'));
    });
    this.source.addEventListener('error', () => {
      this.show('lost');
      if (this.source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.connect(), 3000);
      }
    });
    this.source.addEventListener('pulse', (event) => {
      const pulse = JSON.parse(event.data);
      const missed = this.last !== null && pulse.number !== this.last + 1;
      this.last = pulse.number;
      this.dispatchEvent(new CustomEvent('pulse', { detail: pulse }));
      if (missed || pulse.many) {
        this.dispatchEvent(new Event('stale'));
      }
    });
  }

  show(state) {
    this.connection.dataset.state = state;
    this.connection.textContent = (state === 'live') ? 'live' : 'connection lost, trying again';
  }

}
