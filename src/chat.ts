import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { randomUUID } from 'node:crypto'
import { loadBrain } from './brain.ts'
import { FilingBot } from './bot/filing-bot.ts'
import { Turns } from './bot/turns.ts'
import { ConsoleAdapter } from './channels/console/adapter.ts'
import { AppError } from './errors.ts'
import { nearestLanguage } from './language.ts'
import { createRender } from './bot/render.ts'
import { readConfig } from './server/config.ts'
import { configuredKeys } from './server/open-store.ts'
import { openEmbeddedStore } from './store/embedded/open.ts'
import { sealStore } from './trust/sealed-store.ts'

const ROOT = join(import.meta.dirname, '..')
const USAGE = 'npm run chat -- [--lang en|zh-CN] [--resume]'

/** Talks to the very same bot in the terminal. Its cases lie apart from the server's, so both may run. */
async function main(): Promise<void> {
  const { lang, resume } = readArguments()
  const config = readConfig(process.env)
  const keys = configuredKeys(config, ROOT, (text) => console.error(text))
  const store = sealStore(await openEmbeddedStore({ path: resolve(ROOT, config.DATA_DIR, 'chat') }), keys)
  try {
    const brain = loadBrain(ROOT, config.HUMAN_CONTACT)
    const turns = new Turns({ store, brain, clock: () => new Date() })
    const bot = new FilingBot({ turns, render: createRender(brain.phrases), idempotent: true })
    const adapter = new ConsoleAdapter({
      conversationId: resume ? 'terminal' : `terminal-${randomUUID()}`,
      locale: lang,
      logic: (context) => bot.run(context),
      print: (text) => process.stdout.write(`\n${text}\n`),
    })
    await converse(adapter)
  } finally {
    await store.close()
  }
}

async function converse(adapter: ConsoleAdapter): Promise<void> {
  await adapter.begin()
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '\n> ' })
  lines.prompt()
  for await (const line of lines) {
    await adapter.say(line)
    lines.prompt()
  }
}

function readArguments(): { readonly lang: string; readonly resume: boolean } {
  try {
    const { values } = parseArgs({ options: { lang: { type: 'string' }, resume: { type: 'boolean' } } })
    const lang = nearestLanguage(values.lang ?? process.env['LANG'] ?? 'zh-CN') ?? 'en'
    if (values.lang === undefined || nearestLanguage(values.lang))
      return { lang, resume: values.resume === true }
  } catch {
    // Told below, with what is possible.
  }
  throw new AppError('config-invalid', { detail: 'These arguments are not known.', remedy: `Use: ${USAGE}` })
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? `${error.message}\n${error.remedy}` : error)
  process.exit(1)
})
