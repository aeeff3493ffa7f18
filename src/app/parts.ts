import type { Logger } from 'pino'
import type { Server } from 'restify'
import type { DeadLetters } from '../bot/dead-letters.ts'
import type { Render } from '../bot/render.ts'
import type { Brain } from '../bot/turn/brain.ts'
import type { Config } from '../server/config.ts'
import type { Metrics } from '../server/metrics.ts'
import type { Store } from '../store/port.ts'
import type { Speakers } from './speakers.ts'

/** What every part of the product is made with. */
export interface Parts {
  readonly config: Config
  readonly store: Store
  readonly log: Logger
  readonly clock: () => Date
  /** Folder that holds `rules`, `dialogs` and `dist`. */
  readonly root: string
  readonly server: Server
  readonly brain: Brain
  readonly metrics: Metrics
  readonly deadLetters: DeadLetters
  readonly render: Render
  readonly speakers: Speakers
}
