import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { phrase, type Phrases } from '../src/rendering/phrases.ts'
import { APPLICANTS, FILINGS, SITES } from '../test/stories/cases.ts'
import { brain } from '../test/support/brain.ts'
import { labelOf, type Facts } from '../test/support/story.ts'
import { launch } from '../test/widget/browser.ts'
import { startWebChatSite } from './webchat/site.ts'

/**
 * npm run webchat -- [--screenshot]: shows in Chromium that Web Chat as published works against our Direct Line:
 * text, buttons, the Adaptive Card form, and coming back after a cut. Ends with 1 at the first thing that does not.
 */
const { values } = parseArgs({ options: { screenshot: { type: 'boolean', default: false } } })
const PICTURES = new URL('../docs/screenshots/', import.meta.url).pathname
const PATIENCE_MS = 30_000
const FACTS: Facts = { ...FILINGS['first-time'], ...APPLICANTS['company'], ...SITES['news'] }

type How = 'typed' | 'button' | 'form'

const say = (id: keyof Phrases) => phrase(brain.phrases, 'en', id)
const site = await startWebChatSite()
const browser = await launch()
const page = await browser.newPage({ locale: 'en-US', viewport: { width: 480, height: 760 } })
page.setDefaultTimeout(PATIENCE_MS)

const steps: readonly (readonly [what: string, work: () => Promise<void>])[] = [
  [
    'text: the welcome and the first question',
    async () => {
      await page.goto(`${site.address}/webchat/full`)
      await page.getByText(say('welcome').slice(0, 24)).last().waitFor()
    },
  ],
  ['text: a typed answer is understood', () => answer('typed')],
  ['buttons: a suggested action answers', () => answer('button', 'webchat-buttons')],
  ['reconnect: what is said during a cut is answered, and once', acrossACut],
  ['form: an Adaptive Card with a list answers', () => until('form')],
  ['form: an Adaptive Card with check boxes answers', severalChosen],
]
let failed = false
for (const [what, work] of steps) {
  try {
    await work()
    console.log(`works  ${what}`)
  } catch (error) {
    console.error(`FAILS  ${what}\n${error instanceof Error ? error.message : String(error)}`)
    failed = true
    break
  }
}
await browser.close()
await site.close()
process.exit(failed ? 1 : 0)

/** Which question was put last, by its words in the transcript. */
async function openQuestion(): Promise<string> {
  const said = await page.getByRole('feed').innerText()
  const [last] = [...brain.dialogs.questions.values()]
    .map(({ id, ask }) => ({ id, at: said.lastIndexOf(ask.en) }))
    .sort((a, b) => b.at - a.at)
  if (!last || last.at < 0) throw new Error('no question is to be seen')
  return last.id
}

/** What the newest message offers. */
async function offered(key: string): Promise<How> {
  return (await button(labels(key)[0] ?? '').count()) > 0 ? 'button' : 'form'
}

async function answer(how: How, picture?: string): Promise<void> {
  const key = await openQuestion()
  const [first = '', ...others] = labels(key)
  if (how === 'typed') {
    await page.getByRole('textbox').last().fill(first)
    await page.keyboard.press('Enter')
  } else if (how === 'button') {
    await button(first).waitFor()
    if (picture) await take(picture)
    await button(first).click()
  } else {
    for (const one of [first, ...others]) await fieldNamed(one)
    if (picture) await take(picture)
    // Web Chat's own box has a button of the same name.
    await page
      .locator('.ac-adaptiveCard')
      .last()
      .getByRole('button', { name: say('send'), exact: true })
      .click()
  }
  await nextAfter(key)
}

async function fieldNamed(label: string): Promise<void> {
  const box = page
    .getByRole('checkbox', { name: label })
    .or(page.getByRole('radio', { name: label }))
    .last()
  await box.check()
}

/** Answers as offered until one was answered in this way. */
async function until(how: How): Promise<void> {
  for (let turns = 0; turns < 30; turns += 1) {
    const found = await offered(await openQuestion())
    await answer(found)
    if (found === how) return
  }
  throw new Error(`no question came with a ${how}`)
}

async function severalChosen(): Promise<void> {
  while (typeof FACTS[await openQuestion()] === 'string') {
    const key = await openQuestion()
    await answer((await offered(key)) === 'button' ? 'button' : 'typed')
  }
  await answer('form', 'webchat-form')
}

/** The published client waits 3 to 15 s after a cut; what was said meanwhile comes by watermark. */
async function acrossACut(): Promise<void> {
  site.cut()
  await page.waitForTimeout(300)
  const key = await openQuestion()
  const before = await page.getByText(labels(key)[0] ?? '', { exact: true }).count()
  await answer('typed')
  const after = await page.getByText(labels(key)[0] ?? '', { exact: true }).count()
  if (after > before + 1) throw new Error('what was typed during the cut is there more than once')
}

async function nextAfter(key: string): Promise<void> {
  for (let asked = 0; asked < PATIENCE_MS / 200; asked += 1) {
    if ((await openQuestion()) !== key) return
    await page.waitForTimeout(200)
  }
  throw new Error(`${key} was not answered`)
}

function button(name: string) {
  return page.getByRole('button', { name, exact: true }).last()
}

function labels(key: string): readonly string[] {
  const value = FACTS[key]
  if (value === undefined) throw new Error(`there is no fact for ${key}`)
  return (typeof value === 'string' ? [value] : value).map((one) => labelOf('en', key, one))
}

async function take(name: string): Promise<void> {
  if (!values.screenshot) return
  await mkdir(PICTURES, { recursive: true })
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${PICTURES}${name}.png` })
}
