import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Bus, Message } from '../core/bus.ts'
import type { Database } from '../core/db.ts'
import { beingSent } from '../core/locks.ts'
import { UploadQueue } from '../core/queue.ts'
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../core/settings.ts'
import type { Entry, Upload } from '../core/upload.ts'
import { Rate } from './rate.ts'

/** How far an upload is: bytes that the server has, bytes that were sent. */
export interface Progress {
  readonly offset: number
  readonly sent: number
  /** A moving average; null while unknown. */
  readonly bytesPerSecond: number | null
}

/** What the page shows: the database and the messages of whoever sends, as signals. */
export class Model {
  readonly #uploads = signal<readonly Upload[]>([])
  readonly #entries = signal<ReadonlyMap<string, Entry>>(new Map())
  readonly #progress = signal<ReadonlyMap<string, Progress>>(new Map())
  readonly #active = signal<ReadonlySet<string>>(new Set())
  readonly #online = signal(navigator.onLine)
  readonly #settings = signal<Settings>(DEFAULT_SETTINGS)
  readonly #ready = signal(false)
  readonly #rates = new Map<string, Rate>()
  readonly #db: Database
  readonly #queue: UploadQueue
  #reading: Promise<void> | null = null
  #stale = false

  constructor(db: Database, bus: Bus) {
    this.#db = db
    this.#queue = new UploadQueue(db)
    bus.listen((message) => this.#hear(message))
    addEventListener('online', () => this.#setOnline())
    addEventListener('offline', () => this.#setOnline())
  }

  /** In the order in which they are sent, the oldest first. */
  get uploads(): ReadonlySignal<readonly Upload[]> {
    return this.#uploads
  }

  get entries(): ReadonlySignal<ReadonlyMap<string, Entry>> {
    return this.#entries
  }

  /** By the upload's id; of those that are being sent. */
  get progress(): ReadonlySignal<ReadonlyMap<string, Progress>> {
    return this.#progress
  }

  /** The ids of uploads that some context of this browser is sending now. */
  get active(): ReadonlySignal<ReadonlySet<string>> {
    return this.#active
  }

  get online(): ReadonlySignal<boolean> {
    return this.#online
  }

  get settings(): ReadonlySignal<Settings> {
    return this.#settings
  }

  /** False until the database was read for the first time. */
  get ready(): ReadonlySignal<boolean> {
    return this.#ready
  }

  /** Reads everything again; calls that come meanwhile share one more reading. */
  async refresh(): Promise<void> {
    if (this.#reading !== null) {
      this.#stale = true
      return await this.#reading
    }
    this.#reading = this.#read()
    try {
      await this.#reading
    } finally {
      this.#reading = null
    }
  }

  async #read(): Promise<void> {
    do {
      this.#stale = false
      const [uploads, entries, active, settings] = await Promise.all([
        this.#queue.all(),
        this.#queue.entries(),
        beingSent(),
        readSettings(this.#db),
      ])
      batch(() => {
        this.#uploads.value = uploads
        this.#entries.value = new Map(entries.map((entry) => [entry.id, entry]))
        this.#active.value = active
        this.#settings.value = settings
        this.#ready.value = true
      })
    } while (this.#stale)
  }

  #hear(message: Message): void {
    switch (message.kind) {
      case 'changed':
        void this.refresh()
        break
      case 'progress':
        this.#advance(message)
        break
      case 'sending':
        this.#setActive(message.id, message.active)
        break
      case 'stop':
      case 'wake':
      case 'kept':
        break
    }
  }

  #advance({ id, offset, sent }: { readonly id: string; readonly offset: number; readonly sent: number }) {
    const rate = this.#rates.get(id) ?? new Rate()
    this.#rates.set(id, rate)
    rate.add(sent, performance.now())
    const progress = new Map(this.#progress.value)
    this.#progress.value = progress.set(id, { offset, sent, bytesPerSecond: rate.bytesPerSecond })
  }

  #setActive(id: string, active: boolean): void {
    // What is being read may be older than this.
    this.#stale = true
    const ids = new Set(this.#active.value)
    if (active) ids.add(id)
    else ids.delete(id)
    batch(() => {
      this.#active.value = ids
      if (!active) {
        this.#rates.delete(id)
        const progress = new Map(this.#progress.value)
        progress.delete(id)
        this.#progress.value = progress
      }
    })
  }

  #setOnline(): void {
    this.#online.value = navigator.onLine
  }
}
