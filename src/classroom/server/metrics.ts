/** Counters and gauges in the text format that Prometheus reads (version 0.0.4). */

const HELP = {
  lockstep_requests_total: ['counter', 'Requests by route and status.'],
  lockstep_reports_total: ['counter', 'Reports taken, by whether they were new.'],
  lockstep_batches_total: ['counter', 'Transactions with reports, by outcome.'],
  lockstep_batch_seconds_sum: ['counter', 'Time that those transactions took together.'],
  lockstep_slow_readers_total: ['counter', 'Streams that were cut off because nobody read them.'],
  lockstep_seats: ['gauge', 'Seats in the class.'],
  lockstep_seats_online: ['gauge', 'Seats with an open stream.'],
  lockstep_hands_raised: ['gauge', 'Raised hands.'],
  lockstep_dashboards: ['gauge', "Open instructors' streams."],
  process_resident_memory_bytes: ['gauge', 'Memory of this process.'],
  process_cpu_seconds_total: ['counter', 'Processor time of this process.'],
  process_start_time_seconds: ['gauge', 'When this process began.'],
} as const;

/** A metric's name. */
export type MetricName = keyof typeof HELP;

/** Counts for as long as the process lives. */
export class Metrics {
  readonly #values = new Map<string, number>();

  /**
   * Adds to a counter.
   * @param labels as `name="value"`, already quoted; empty for none.
   */
  add(name: MetricName, amount = 1, labels = ''): void {
    const key = keyOf(name, labels);
    this.#values.set(key, (this.#values.get(key) ?? 0) + amount);
  }

  /** Sets a gauge. */
  set(name: MetricName, value: number): void {
    this.#values.set(keyOf(name, ''), value);
  }

  /** Everything as text. */
  text(): string {
    const cpu = process.cpuUsage();
    this.set('process_resident_memory_bytes', process.memoryUsage.rss());
    this.set('process_cpu_seconds_total', (cpu.user + cpu.system) / 1e6);
    this.set('process_start_time_seconds', Math.round(Date.now() / 1000 - process.uptime()));
    return Object.entries(HELP)
      .map(([name, [type, help]]) => {
        const own = [...this.#values].filter(([key]) => key === name || key.startsWith(`${name}{`));
        const lines = own.map(([key, value]) => `${key} ${value}\n`).join('');
        return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines}`;
      })
      .join('');
  }
}

function keyOf(name: MetricName, labels: string): string {
  return labels === '' ? name : `${name}{${labels}}`;
}
