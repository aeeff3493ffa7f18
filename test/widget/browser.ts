import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer as createHttp, type RequestListener, type Server as HttpServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import restify from 'restify'
import { mountSite } from '../../src/server/site.ts'
import { FakeDirectLine } from './fake-direct-line.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
export const FILES = new URL('../../dist/widget/', import.meta.url).pathname

/** False where there is no browser; on CI its absence is an error, not a reason to skip. */
export function hasBrowser(): boolean {
  const found = existsSync(CHROMIUM) && existsSync(`${FILES}widget.js`)
  if (found) return true
  const missing = `the widget's browser tests need ${CHROMIUM} and dist/widget (npm run build:widget)`
  if (process.env.CI) throw new Error(missing)
  console.log(`skipped: ${missing}`)
  return false
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  })
}

/** The real pages in front of the fake Direct Line server. */
export async function startSite(): Promise<{ fake: FakeDirectLine; address: string }> {
  const site = restify.createServer()
  mountSite(site, { files: FILES })
  const server = site.server as HttpServer
  const fake = new FakeDirectLine((req, res) => server.emit('request', req, res))
  return { fake, address: await fake.listen() }
}

/** A page of somebody else, on another origin. */
export async function startHost(listener: RequestListener): Promise<{ address: string; close: () => void }> {
  const server = createHttp(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Runs axe (WCAG 2.2 A and AA and best practices) and returns what it objects to, readable. */
export async function violations(page: Page): Promise<string[]> {
  // Nothing half faded in: axe reads the colours of the moment.
  await page.waitForTimeout(600)
  // Through the debugger: the page's own policy forbids a script that is put in.
  await page.evaluate(`${await axeSource}; undefined`)
  return page.evaluate(`
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => violations.map(({ id, nodes }) =>
        id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary).join(' | ')))`)
}

/** Opens an address in a browser of its own; what goes wrong in the page is added to `errors`, whom it asks to `hosts`. */
export async function openPage(
  browser: Browser,
  address: string,
  errors: string[],
  options: BrowserContextOptions = {},
  hosts = new Set<string>(),
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  // Below the limit of a test, so that a failure names what it waited for.
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  page.on('console', (line) => {
    if (/Content Security Policy|Refused/i.test(line.text())) errors.push(line.text())
  })
  await page.goto(address)
  return page
}

/** Elements of the widget that reach over the right edge of the window, and whether the page scrolls sideways. */
export const WIDER = `Array.from(document.querySelector('icp-filing-assistant').shadowRoot.querySelectorAll('*'))
  .filter((element) => !element.closest('.hidden') && element.getBoundingClientRect().right > innerWidth + 1)
  .map((element) => element.className || element.tagName)
  .concat(document.documentElement.scrollWidth > innerWidth ? ['document'] : [])`

/** Things to press that are smaller than 24 px; links inside a sentence are exempt. */
export const SMALL_TARGETS = `Array.from(document.querySelector('icp-filing-assistant').shadowRoot.querySelectorAll('button, label:not(.form-field > label), summary, textarea, input'))
  .map((element) => element.closest('label') ?? element)
  .map((element) => [element.textContent, element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 23.99 || box.height < 23.99))
  .map(([text, box]) => text + ' ' + box.width + 'x' + box.height)`
