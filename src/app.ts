import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Server } from 'restify'
import { createTurns } from './app/conversations.ts'
import { createDesk } from './app/desk.ts'
import { createDeskHandlers, createProposing } from './app/desk-handlers.ts'
import { mountFramework } from './app/framework.ts'
import { createJobs } from './app/jobs.ts'
import { addressOf, listen, shut } from './app/listening.ts'
import type { Parts } from './app/parts.ts'
import { mountQuestions } from './app/questions.ts'
import { createRateLimits } from './app/rate-limits.ts'
import { Speakers } from './app/speakers.ts'
import { createStaff, warnOfNoStaff } from './app/staff.ts'
import { mountWeb } from './app/web.ts'
import { loadBrain } from './brain.ts'
import { CaseCodes } from './bot/case-code.ts'
import { DeadLetters } from './bot/dead-letters.ts'
import { Leases } from './bot/lease.ts'
import { Presence } from './bot/presence.ts'
import { createRender } from './bot/render.ts'
import type { Turns } from './bot/turns.ts'
import type { Config } from './server/config.ts'
import { countDeadLetters } from './server/dead-letter-metric.ts'
import { Downloads } from './server/downloads/downloads.ts'
import { LINK_MINUTES } from './server/downloads/link-tokens.ts'
import { mountHealth } from './server/health.ts'
import { createHttpServer } from './server/http.ts'
import { Metrics, mountMetrics } from './server/metrics.ts'
import { countRefusals } from './server/refusals.ts'
import { signingKeys as readSigningKeys } from './server/signing-keys.ts'
import { mountSite } from './server/site.ts'
import type { Store } from './store/port.ts'
import { openLookup } from './trust/lookup.ts'

export interface AppOptions {
  readonly config: Config
  readonly store: Store
  /** Folder that holds `rules`, `dialogs` and `dist`. */
  readonly root: string
  readonly log: Logger
  readonly clock?: () => Date
}

export interface App {
  readonly server: Server
  /** Where it listens: `http://127.0.0.1:3978`. */
  readonly address: string
  /** Stops taking work, finishes what is under way, and leaves the store to its owner. */
  close(): Promise<void>
}

/** Puts all parts together and listens. Rejects with an AppError that names what is wrong. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, store, root, log } = options
  const parts = createParts(options)
  const { server, metrics, brain, clock } = parts
  countRefusals(server, metrics)
  countDeadLetters(metrics.registry, parts.deadLetters)
  const health = mountHealth(server, store)

  const presence = createPresence(parts)
  const leases = presence && new Leases({ store, owner: presence.id, alone: () => presence.alone })
  const hash = await openLookup(store)
  const limits = createRateLimits(parts, hash)
  const codes = new CaseCodes({ store, clock, hash })
  const signingKeys = await readSigningKeys(store, config.DIRECT_LINE_SIGNING_KEYS)
  const downloads = new Downloads({
    ...{ store, brain, codes, clock, keys: signingKeys, limits },
    base: () => config.PUBLIC_URL ?? addressOf(server),
  })
  const deskParts = createDesk(parts)
  const proposing = deskParts && createProposing(parts)
  const jobs = createJobs(parts, () => turns)
  const turns: Turns = createTurns(parts, {
    ...{ jobs, codes, leases },
    desk: deskParts?.desk,
    proposing,
    downloads: { minutes: LINK_MINUTES, links: (current) => downloads.links(current) },
  })

  downloads.mount(server)
  const web = mountWeb(parts, { turns, codes, signingKeys, limits })
  const handlers = deskParts && proposing && createDeskHandlers(parts, deskParts, { codes, jobs, proposing })
  const staff = deskParts && handlers && createStaff(parts, deskParts, handlers)
  const framework = mountFramework(parts, turns, staff, limits)
  const deskRunning = await staff?.mount(framework)
  warnOfNoStaff(parts)
  mountQuestions(parts)
  mountSite(server, { files: join(root, 'dist', 'widget') })
  const admin = config.ADMIN_PORT === undefined ? undefined : createHttpServer({ log })
  if (admin) mountMetrics(admin, metrics)
  else if (config.NODE_ENV !== 'production') mountMetrics(server, metrics)

  await presence?.start()
  jobs.erasure.start()
  await jobs.retention.start()
  jobs.reminders.start()
  jobs.withdrawals.start()
  await listen(server, config.HOST, config.PORT)
  if (admin) await listen(admin, config.HOST, config.ADMIN_PORT ?? 0)
  deskRunning?.start()
  return {
    server,
    address: addressOf(server),
    close: async () => {
      health.drain()
      await web.close()
      await Promise.all([server, ...(admin ? [admin] : [])].map(shut))
      await deskRunning?.stop()
      await jobs.erasure.stop()
      await jobs.retention.stop()
      await jobs.reminders.stop()
      await jobs.withdrawals.stop()
      await leases?.handBack()
      await presence?.stop()
    },
  }
}

function createParts({ config, store, root, log, clock = () => new Date() }: AppOptions): Parts {
  const brain = loadBrain(root, config.HUMAN_CONTACT)
  const render = createRender(brain.phrases)
  return {
    ...{ config, store, log, clock, root, brain, render },
    server: createHttpServer({ log, hsts: config.NODE_ENV === 'production' }),
    metrics: new Metrics(),
    deadLetters: new DeadLetters(store),
    speakers: new Speakers(render),
  }
}

/** A folder has one process; what lies in Redis may have several. */
function createPresence({ config, store, log }: Parts): Presence | undefined {
  if (config.REDIS_URL === undefined) return undefined
  return new Presence({
    store,
    onError: (error) => log.warn({ err: error }, 'The other processes are not heard'),
  })
}
