import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { ConversationReference, TurnContext } from 'botbuilder'
import type { Logger } from 'pino'
import type { Server } from 'restify'
import { z } from 'zod'
import { loadBrain } from './brain.ts'
import { CaseCodes } from './bot/case-code.ts'
import { DeadLetters } from './bot/dead-letters.ts'
import { Erasure } from './bot/erasure.ts'
import { FilingBot } from './bot/filing-bot.ts'
import { Leases } from './bot/lease.ts'
import { Presence } from './bot/presence.ts'
import { dayInShanghai } from './bot/today.ts'
import { Reminders } from './bot/reminders.ts'
import { reminderMessages } from './bot/turn/following/reminder-messages.ts'
import { Retention } from './bot/retention.ts'
import { resolveCase } from './bot/turn/brain.ts'
import { Turns } from './bot/turns.ts'
import { createWhileAway } from './bot/while-away.ts'
import { keepUnmatched } from './bot/unmatched-rejections.ts'
import { keepUnanswered, unansweredId } from './bot/unanswered.ts'
import { chinaCloud, GLOBAL_CLOUD } from './channels/bot-framework/cloud.ts'
import { mountBotFramework } from './channels/bot-framework/mount.ts'
import { isRemoved, remove } from './channels/direct-line/conversations.ts'
import { mountDirectLine } from './channels/direct-line/mount.ts'
import { createRender } from './bot/render.ts'
import { mountAsk } from './server/api/ask.ts'
import { mountAssess } from './server/api/assess.ts'
import { mountMine } from './server/api/mine.ts'
import { AppError } from './errors.ts'
import type { Config } from './server/config.ts'
import { Downloads } from './server/downloads/downloads.ts'
import { LINK_MINUTES } from './server/downloads/link-tokens.ts'
import { mountHealth } from './server/health.ts'
import { createPageReader } from './server/page-check/page-reader.ts'
import { publicAddresses } from './server/page-check/public-address.ts'
import { createHttpServer } from './server/http.ts'
import { countTurn } from './server/count-turn.ts'
import { countDeadLetters } from './server/dead-letter-metric.ts'
import { Metrics, mountMetrics } from './server/metrics.ts'
import { countRefusals } from './server/refusals.ts'
import { signingKeys } from './server/signing-keys.ts'
import { mountSite } from './server/site.ts'
import type { Store } from './store/port.ts'
import { clausesOf } from './trust/known.ts'
import { openLookup } from './trust/lookup.ts'
import { hide, inScope } from './trust/scope.ts'

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
export async function startApp({
  config,
  store,
  root,
  log,
  clock = () => new Date(),
}: AppOptions): Promise<App> {
  const brain = loadBrain(root, config.HUMAN_CONTACT)
  const metrics = new Metrics()
  const server = createHttpServer({ log })
  countRefusals(server, metrics)
  const health = mountHealth(server, store)
  const deadLetters = new DeadLetters(store)
  countDeadLetters(metrics.registry, deadLetters)
  const erasure: Erasure = new Erasure({
    store,
    clock,
    transcripts: {
      erase: async (channelId, conversationId) => {
        if (channelId === 'directline') await remove(store, conversationId)
      },
      isGone: async (channelId, conversationId) =>
        channelId !== 'directline' || (await isRemoved(store, conversationId)),
    },
    onErased: () => metrics.erased.inc({ class: 'conversation', why: 'case' }),
    onDead: deadLetters.receiver('erasure', clock),
    onError: (error) => log.error({ err: error }, 'Erasing what was deleted failed; it is tried again'),
  })
  const speakers = new Map<string, (reference: unknown, logic: Logic) => Promise<void>>()
  const { values } = brain.following
  const reminders = new Reminders({
    store,
    clock,
    onBegin: (lateMs) => metrics.reminderLateness.observe(Math.max(0, lateMs) / 1000),
    messagesOf: (current, now) => reminderMessages(brain, brain.following, current, now),
    onDead: deadLetters.receiver('reminders', clock),
    onError: (error) => log.error({ err: error }, 'A reminder did not go out; it is tried again'),
    say: async ({ channelId, reference }, message, deliveryId) => {
      const speak = speakers.get(channelId === 'directline' ? 'web' : 'framework')
      if (!speak) throw noSpeaker(channelId)
      await speak(reference, async (context) => {
        await context.sendActivities([{ ...render(message, context.activity), id: deliveryId }])
      })
    },
  })
  // A folder has one process; what lies in Redis may have several.
  const presence =
    config.REDIS_URL === undefined
      ? undefined
      : new Presence({
          store,
          onError: (error) => log.warn({ err: error }, 'The other processes are not heard'),
        })
  const leases = presence && new Leases({ store, owner: presence.id, alone: () => presence.alone })
  const codes = new CaseCodes({ store, clock, hash: await openLookup(store) })
  const turns = new Turns({
    store,
    brain,
    clock,
    leases,
    codes,
    downloads: { minutes: LINK_MINUTES, links: (current) => downloads.links(current) },
    reminders,
    readPage: createPageReader({
      isAllowed: publicAddresses(values.ipRanges.ranges.map(({ range }) => range)),
    }),
    onUnmatched: (text, { conversation, turn }) =>
      keepUnmatched(store, unansweredId(conversation, turn), text, clock()),
    onBegin: (caseId, place) => retention.begin(caseId, place),
    onSeen: (seen) => countTurn(metrics, brain.dialogs.questions, seen),
    onConflict: () => metrics.conflicts.inc(),
    onForget: async (delivery, caseId) => {
      await retention.forget(caseId)
      await erasure.schedule(delivery, caseId)
    },
    onUnanswered: (question, { conversation, turn }) =>
      keepUnanswered(store, question, clock(), unansweredId(conversation, turn)),
  })

  const retention: Retention = new Retention({
    ...{ store, clock },
    draftDays: config.RETENTION_DRAFT_DAYS,
    followedDays: config.RETENTION_FOLLOWED_DAYS,
    textMonths: config.RETENTION_TEXT_MONTHS,
    auditMonths: config.RETENTION_AUDIT_MONTHS,
    erase: (place, expired) => turns.erase(place, expired),
    onErased: (what, count, current) => {
      log.info({ what, count }, 'Deleted because its time was over')
      metrics.erased.inc({ class: what, why: 'retention' }, count)
      const open = current && resolveCase(brain, current.answers, dayInShanghai(clock())).open
      if (open) metrics.questions.inc({ question: open.question.id, step: 'abandoned' })
    },
    onError: (error) => log.error({ err: error }, 'Deleting what expired failed; it is tried again'),
  })
  const render = createRender(brain.phrases)
  const web = new FilingBot({ turns, render, idempotent: true })
  const webKeys = await signingKeys(store, config.DIRECT_LINE_SIGNING_KEYS)
  const downloads: Downloads = new Downloads({
    ...{ store, brain, codes, clock, keys: webKeys },
    base: () => config.PUBLIC_URL ?? addressOf(server),
  })
  downloads.mount(server)
  const allowedOrigins = config.ALLOWED_ORIGINS.length === 0 ? 'same-origin' : config.ALLOWED_ORIGINS
  const directLine = mountDirectLine(server, {
    store,
    logic: timed(metrics, 'web', (context) => web.run(context)),
    secret: config.DIRECT_LINE_SECRET,
    signingKeys: webKeys,
    allowedOrigins,
    publicTokens: config.PUBLIC_TOKENS,
    trustProxy: config.TRUST_PROXY,
    clock,
    log,
  })
  speakers.set('web', (reference, logic) =>
    directLine.adapter.continueConversation(referenceSchema.parse(reference), logic),
  )
  if (config.BOT_FRAMEWORK === 'on') {
    const framework = new FilingBot({
      turns,
      render,
      idempotent: false,
      whileAway: createWhileAway({ brain, clock }),
    })
    const mounted = mountBotFramework(server, {
      logic: timed(metrics, 'bot-framework', (context) => framework.run(context)),
      appId: config.MicrosoftAppId,
      appPassword: config.MicrosoftAppPassword,
      appType: config.MicrosoftAppType,
      tenantId: config.MicrosoftAppTenantId,
      production: config.NODE_ENV === 'production',
      cloud:
        config.BOT_FRAMEWORK_CLOUD === 'china' ? chinaCloud(config.MicrosoftAppTenantId ?? '') : GLOBAL_CLOUD,
      serviceHosts: config.BOT_FRAMEWORK_HOSTS,
      ...(config.BOT_FRAMEWORK_TENANTS.length === 0 ? {} : { tenants: config.BOT_FRAMEWORK_TENANTS }),
      log,
    })
    speakers.set('framework', (reference, logic) =>
      mounted.continueConversation(referenceSchema.parse(reference), logic),
    )
  }
  mountMine(server, {
    turns,
    codes,
    signingKeys: webKeys,
    allowedOrigins,
    trustProxy: config.TRUST_PROXY,
    clock,
  })
  mountAsk(server, {
    brain,
    today: () => dayInShanghai(clock()),
    // The answer neither waits long for the store nor fails with it.
    onUnanswered: (question) =>
      Promise.race([
        keepUnanswered(store, question, clock(), randomUUID()).catch((error: unknown) =>
          log.warn({ err: error }, 'A question nobody could answer was not kept'),
        ),
        pause(500, undefined, { ref: false }),
      ]),
  })
  mountAssess(server, {
    book: brain.book,
    preCheck: brain.preCheck,
    today: () => dayInShanghai(clock()),
  })
  mountSite(server, { files: join(root, 'dist', 'widget') })
  const admin = config.ADMIN_PORT === undefined ? undefined : createHttpServer({ log })
  if (admin) mountMetrics(admin, metrics)
  else if (config.NODE_ENV !== 'production') mountMetrics(server, metrics)

  await presence?.start()
  erasure.start()
  await retention.start()
  reminders.start()
  await listen(server, config.HOST, config.PORT)
  if (admin) await listen(admin, config.HOST, config.ADMIN_PORT ?? 0)
  return {
    server,
    address: addressOf(server),
    close: async () => {
      health.drain()
      await directLine.close()
      await Promise.all([server, ...(admin ? [admin] : [])].map(shut))
      await erasure.stop()
      await retention.stop()
      await reminders.stop()
      await leases?.handBack()
      await presence?.stop()
    },
  }
}

/** As the SDK gave it out, kept as JSON. */
const referenceSchema = z.custom<Partial<ConversationReference>>(
  (value) => typeof value === 'object' && value !== null,
)

function noSpeaker(channelId: string): AppError {
  return new AppError('config-invalid', {
    detail: `nothing can speak first on the channel ${channelId}`,
    remedy: 'Switch the channel on again, or wait: the reminder is tried again.',
    subject: channelId,
  })
}

type Logic = (context: TurnContext) => Promise<void>

function timed({ turns }: Metrics, channel: string, logic: Logic): Logic {
  return (context) =>
    inScope(async () => {
      const { text, from } = context.activity
      hide(() => [...clausesOf(text ?? ''), from?.name ?? ''])
      const done = turns.startTimer({ channel })
      try {
        await logic(context)
        done({ outcome: 'ok' })
      } catch (error) {
        done({ outcome: 'error' })
        throw error
      }
    })
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host)
  await once(server.server, 'listening')
}

async function shut(server: Server): Promise<void> {
  const closed = once(server.server, 'close')
  server.close()
  server.server.closeIdleConnections()
  await closed
}

function addressOf(server: Server): string {
  const { address, port, family } = server.address()
  const host = family === 'IPv6' || address.includes(':') ? `[${address}]` : address
  return `http://${host}:${port}`
}
