// Plays a recording: the host decodes it, stretch by stretch, and the sound goes out through a queue of buffers that
// follow each other to the sample. A few seconds lie ahead, and no more, however long the recording is.

import { host, type Stretch } from '$lib/api';

/** Length of a stretch, in milliseconds of the recording at its own tempo. */
const STRETCH_MS = 2000;
/** So many seconds of sound wait in the queue. */
const AHEAD_S = 4;
/** Sound that is scheduled begins so much later: the queue has to be there first. */
const LEAD_S = 0.03;

export const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;

/** A stretch in the queue: from when to when it sounds, and which part of the recording it is. */
type Queued = { source: AudioBufferSourceNode; begins: number; ends: number; from: number; to: number };

export class Player {
  playing = $state(false);
  /** Seconds from the beginning. */
  position = $state(0);
  speed = $state<number>(1);
  /** What cannot be decoded cannot be played. */
  silent = $state(false);
  /** How often the queue ran dry: never, unless the machine stands still. */
  underruns = $state(0);
  /** The clock of the sound, for whoever measures it. */
  clock = $state(0);

  #context: AudioContext | null = null;
  #queue: Queued[] = [];
  /** Grows whenever what is in the queue no longer holds: a stretch that comes late is dropped. */
  #round = 0;
  #first: Promise<Stretch | null>;
  #frame = 0;

  constructor(
    private id: number,
    /** Length of the recording in seconds. */
    readonly duration: number,
  ) {
    // The context is opened at the rate of the recording, and at once when the person asks for sound.
    this.#first = host.sound(id, 0, STRETCH_MS, 100).catch(() => null);
    void this.#first.then((first) => (this.silent = first === null || first.rate === 0));
  }

  toggle = (): void => void (this.playing ? this.pause() : this.play());

  async play(): Promise<void> {
    const first = await this.#first;
    if (!first || first.rate === 0 || this.playing) return;
    this.#context ??= new AudioContext({ sampleRate: first.rate });
    if (this.position >= this.duration - 0.05) this.position = 0;
    this.playing = true;
    await this.#context.resume();
    this.#fill();
    this.#watch();
  }

  pause(): void {
    this.position = this.#heard();
    this.playing = false;
    this.#empty();
    void this.#context?.suspend();
  }

  /** Goes to a place, in seconds. */
  seek(to: number): void {
    this.#empty();
    this.position = Math.min(Math.max(0, to), this.duration);
    if (this.playing) this.#fill();
  }

  by(seconds: number): void {
    this.seek(this.#heard() + seconds);
  }

  setSpeed(speed: number): void {
    const at = this.#heard();
    this.speed = speed;
    this.seek(at);
  }

  /** Ends the sound for good. */
  end(): void {
    this.playing = false;
    this.#empty();
    cancelAnimationFrame(this.#frame);
    void this.#context?.close();
    this.#context = null;
  }

  #empty(): void {
    this.#round += 1;
    for (const { source } of this.#queue) source.stop();
    this.#queue = [];
  }

  /** The place that is heard now. */
  #heard(): number {
    const now = this.#context?.currentTime ?? 0;
    const at = this.#queue.find((one) => now < one.ends);
    if (!at) return this.#queue.at(-1)?.to ?? this.position;
    const share = Math.max(0, (now - at.begins) / (at.ends - at.begins));
    return at.from + share * (at.to - at.from);
  }

  /** Keeps the queue full until the end of the recording, or until it no longer holds. */
  async #fill(): Promise<void> {
    const [round, context, percent] = [this.#round, this.#context, Math.round(this.speed * 100)];
    let fromMs = Math.round(this.position * 1000);
    let ends = 0;
    while (context && round === this.#round && this.playing) {
      if (ends - context.currentTime > AHEAD_S) {
        await new Promise((wake) => setTimeout(wake, 100));
        continue;
      }
      const stretch = await host.sound(this.id, fromMs, STRETCH_MS, percent).catch(() => null);
      if (round !== this.#round || !this.playing) return;
      if (!stretch || stretch.frames === 0) break;
      if (ends > 0 && context.currentTime > ends) this.underruns += 1;
      const begins = Math.max(ends, context.currentTime + LEAD_S);
      ends = begins + stretch.frames / stretch.rate;
      const from = fromMs / 1000;
      const to = Math.min(from + (stretch.frames / stretch.rate) * (percent / 100), this.duration || Infinity);
      this.#queue.push({ source: this.#schedule(context, stretch, begins), begins, ends, from, to });
      fromMs += STRETCH_MS;
      const whole = (STRETCH_MS / 1000) * (100 / percent) * stretch.rate;
      if (stretch.frames < whole - 2) break;
    }
    if (round === this.#round) this.#finish(ends);
  }

  #schedule(context: AudioContext, stretch: Stretch, begins: number): AudioBufferSourceNode {
    const buffer = context.createBuffer(stretch.channels, stretch.frames, stretch.rate);
    for (let channel = 0; channel < stretch.channels; channel += 1) {
      const samples = buffer.getChannelData(channel);
      for (let i = 0; i < samples.length; i += 1) {
        samples[i] = (stretch.samples[i * stretch.channels + channel] ?? 0) / 32768;
      }
    }
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start(begins);
    return source;
  }

  /** The last stretch is in the queue: when it has been heard, the recording is over. */
  #finish(ends: number): void {
    const round = this.#round;
    const wait = () => {
      if (round !== this.#round || !this.playing) return;
      if ((this.#context?.currentTime ?? Infinity) < ends) return void setTimeout(wait, 50);
      this.pause();
      this.position = this.duration;
    };
    wait();
  }

  #watch(): void {
    const tick = () => {
      if (!this.playing) return;
      const now = this.#context?.currentTime ?? 0;
      while (this.#queue.length > 1 && (this.#queue[0]?.ends ?? now) < now) this.#queue.shift();
      this.clock = now;
      this.position = this.#heard();
      this.#frame = requestAnimationFrame(tick);
    };
    tick();
  }
}
