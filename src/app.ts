import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { ConversationReference, TurnContext } from 'botbuilder'
import type { Logger } from 'pino'
import type { Server } from 'restify'
import { z } from 'zod'
import { loadBrain } from './brain.ts'
import { CaseCodes } from './bot/case-code.ts'
import { Erasure } from './bot/erasure.ts'
import { FilingBot } from './bot/filing-bot.ts'
import { dayInShanghai } from './bot/today.ts'
import { Reminders } from './bot/reminders.ts'
import { reminderMessages } from './bot/turn/following/reminder-messages.ts'
import { Turns } from './bot/turns.ts'
import { keepUnmatched } from './bot/unmatched-rejections.ts'
import { keepUnanswered, unansweredId } from './bot/unanswered.ts'
import { chinaCloud, GLOBAL_CLOUD } from './channels/bot-framework/cloud.ts'
import { mountBotFramework } from './channels/bot-framework/mount.ts'
import { remove } from './channels/direct-line/conversations.ts'
import { mountDirectLine } from './channels/direct-line/mount.ts'
import { createRender } from './bot/render.ts'
import { mountAsk } from './server/api/ask.ts'
import { mountAssess } from './server/api/assess.ts'
import { AppError } from './errors.ts'
import type { Config } from './server/config.ts'
import { mountHealth } from './server/health.ts'
import { createPageReader } from './server/page-check/page-reader.ts'
import { publicAddresses } from './server/page-check/public-address.ts'
import { createHttpServer } from './server/http.ts'
import { Metrics, mountMetrics } from './server/metrics.ts'
import { signingKeys } from './server/signing-keys.ts'
import { mountSite } from './server/site.ts'
import type { Store } from './store/port.ts'

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
  const health = mountHealth(server, store)
  const erasure: Erasure = new Erasure({
    store,
    clock,
    eraseTranscript: async (channelId, conversationId) => {
      if (channelId === 'directline') await remove(store, conversationId)
    },
    onError: (error) => log.error({ err: error }, 'Erasing what was deleted failed; it is tried again'),
  })
  const speakers = new Map<string, (reference: unknown, logic: Logic) => Promise<void>>()
  const { values } = brain.following
  const reminders = new Reminders({
    store,
    clock,
    messagesOf: (current, now) => reminderMessages(brain, brain.following, current, now),
    idempotent: (channelId) => channelId === 'directline',
    onError: (error) => log.error({ err: error }, 'A reminder did not go out; it is tried again'),
    say: async ({ channelId, reference }, message, deliveryId) => {
      const speak = speakers.get(channelId === 'directline' ? 'web' : 'framework')
      if (!speak) throw noSpeaker(channelId)
      await speak(reference, async (context) => {
        await context.sendActivities([{ ...render(message, context.activity), id: deliveryId }])
      })
    },
  })
  const turns = new Turns({
    store,
    brain,
    clock,
    codes: new CaseCodes({ store, clock }),
    reminders,
    readPage: createPageReader({
      isAllowed: publicAddresses(values.ipRanges.ranges.map(({ range }) => range)),
    }),
    onUnmatched: (text, { conversation, turn }) =>
      keepUnmatched(store, unansweredId(conversation, turn), text, clock()),
    onForget: (delivery) => erasure.schedule(delivery),
    onUnanswered: (question, { conversation, turn }) =>
      keepUnanswered(store, question, clock(), unansweredId(conversation, turn)),
  })

  const render = createRender(brain.phrases)
  const web = new FilingBot({ turns, render, idempotent: true })
  const directLine = mountDirectLine(server, {
    store,
    logic: timed(metrics, 'web', (context) => web.run(context)),
    secret: config.DIRECT_LINE_SECRET,
    signingKeys: await signingKeys(store, config.DIRECT_LINE_SIGNING_KEYS),
    allowedOrigins: config.ALLOWED_ORIGINS.length === 0 ? 'same-origin' : config.ALLOWED_ORIGINS,
    publicTokens: config.PUBLIC_TOKENS,
    trustProxy: config.TRUST_PROXY,
    clock,
    log,
  })
  speakers.set('web', (reference, logic) =>
    directLine.adapter.continueConversation(referenceSchema.parse(reference), logic),
  )
  if (config.BOT_FRAMEWORK === 'on') {
    const framework = new FilingBot({ turns, render, idempotent: false })
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
  mountAsk(server, {
    brain,
    today: () => dayInShanghai(clock()),
    onUnanswered: (question) => keepUnanswered(store, question, clock(), randomUUID()),
  })
  mountAssess(server, {
    book: brain.book,
    today: () => dayInShanghai(clock()),
  })
  mountSite(server, { files: join(root, 'dist', 'widget') })
  const admin = config.ADMIN_PORT === undefined ? undefined : createHttpServer({ log })
  if (admin) mountMetrics(admin, metrics)
  else if (config.NODE_ENV !== 'production') mountMetrics(server, metrics)

  erasure.start()
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
      await reminders.stop()
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
  return async (context) => {
    const done = turns.startTimer({ channel })
    try {
      await logic(context)
      done({ outcome: 'ok' })
    } catch (error) {
      done({ outcome: 'error' })
      throw error
    }
  }
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
