import type { Browser, Page } from 'playwright-core'

export interface Load {
  /** Everything that came over the wire until the first message, in bytes. */
  readonly bytes: number
  /** From the beginning of the navigation until the bot's first words are drawn, in ms. */
  readonly firstMessage: number
  /** JavaScript heap in use after a collection, in bytes. */
  readonly heap: number
}

export interface Conditions {
  readonly cpuSlowdown: number
  readonly network?: { readonly latency: number; readonly bytesPerSecond: number }
}

/** Opens a page in a browser context of its own (nothing cached, nothing kept) and measures until `words` are there. */
export async function measureLoad(
  browser: Browser,
  address: string,
  words: string,
  { cpuSlowdown, network }: Conditions,
): Promise<Load> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1000, height: 800 } })
  try {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    let bytes = 0
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    devtools.on('Network.webSocketFrameReceived', ({ response }) => {
      bytes += Buffer.byteLength(response.payloadData)
    })
    await devtools.send('Network.enable')
    await devtools.send('Performance.enable')
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown })
    if (network)
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: network.latency,
        downloadThroughput: network.bytesPerSecond,
        uploadThroughput: network.bytesPerSecond,
      })
    await page.addInitScript(watchFor(words))
    await page.goto(address)
    const firstMessage = await seenAt(page)
    const received = bytes
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await page.waitForTimeout(1000)
    await devtools.send('HeapProfiler.collectGarbage')
    const { metrics } = await devtools.send('Performance.getMetrics')
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
    return { bytes: received, firstMessage, heap }
  } finally {
    await context.close()
  }
}

/** Looks before every frame; the time is that of the frame that shows the words. */
function watchFor(words: string): string {
  return `(() => {
    const look = (time) => {
      const host = document.querySelector('icp-filing-assistant')
      const text = (host?.shadowRoot ?? document.body)?.textContent ?? ''
      if (text.includes(${JSON.stringify(words)})) window.seenAt = performance.now()
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })()`
}

async function seenAt(page: Page): Promise<number> {
  for (let asked = 0; asked < 600; asked += 1) {
    const seen = await page.evaluate<number | null>('window.seenAt ?? null')
    if (seen !== null) return seen
    await page.waitForTimeout(100)
  }
  throw new Error(`no message from the bot within a minute at ${page.url()}`)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}
