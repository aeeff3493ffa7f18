import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { phrase } from '../src/rendering/phrases.ts'
import { brain } from '../test/support/brain.ts'
import { FILES, launch } from '../test/widget/browser.ts'
import { webChatBundles } from './webchat/install.ts'
import { measureLoad, median, type Conditions, type Load } from './webchat/measure.ts'
import { startWebChatSite } from './webchat/site.ts'

/**
 * npm run bench:widget -- [--runs 5] [--write]: our widget against Web Chat's two bundles, in front of the same
 * product, on this machine, in one run and in turns. `--write` puts the table into docs/widget-performance.md.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
})
const RUNS = Math.max(1, Number(values.runs))
const PAGE = new URL('../docs/widget-performance.md', import.meta.url)

const CONDITIONS: readonly (readonly [name: string, Conditions])[] = [
  ['this machine', { cpuSlowdown: 1 }],
  [
    '4 × slower CPU, 9 Mbit/s, 60 ms',
    { cpuSlowdown: 4, network: { latency: 60, bytesPerSecond: 9_000_000 / 8 } },
  ],
]
// The store and the browser's profile in memory: what is compared is not the disk.
if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm'
const bundles = webChatBundles()
const WIDGETS = [
  { name: 'our widget', path: '/', script: join(FILES, 'widget.js') },
  { name: 'Web Chat, minimal', path: '/webchat/minimal', script: join(bundles, 'webchat-minimal.js') },
  { name: 'Web Chat, full', path: '/webchat/full', script: join(bundles, 'webchat.js') },
] as const

const words = phrase(brain.phrases, 'en', 'welcome').slice(0, 24)
const site = await startWebChatSite()
const browser = await launch()
const loads = new Map<string, Load[]>()
// The first greeting of a process is slower than any other: it counts for nobody.
for (const { path } of WIDGETS) await measureLoad(browser, site.address + path, words, { cpuSlowdown: 1 })
for (let run = 0; run < RUNS; run += 1)
  for (const [condition, conditions] of CONDITIONS)
    for (const { name, path } of WIDGETS) {
      const load = await measureLoad(browser, site.address + path, words, conditions)
      const key = `${condition}|${name}`
      loads.set(key, [...(loads.get(key) ?? []), load])
      process.stderr.write(`${key} ${Math.round(load.firstMessage)} ms\n`)
    }
await browser.close()
await site.close()

interface Row {
  readonly name: string
  readonly script: number
  readonly bytes: number
  readonly times: readonly number[]
  readonly heap: number
}
const rows = WIDGETS.map(({ name, script }): Row => {
  const of = (condition: string) => loads.get(`${condition}|${name}`) ?? []
  const [first] = CONDITIONS[0] ?? ['']
  return {
    name,
    script: gzipSync(readFileSync(script), { level: 9 }).length,
    bytes: median(of(first).map(({ bytes }) => bytes)),
    times: CONDITIONS.map(([condition]) => median(of(condition).map(({ firstMessage }) => firstMessage))),
    heap: median(of(first).map(({ heap }) => heap)),
  }
})

const text = table(rows)
console.log(text)
const [ours, minimal] = rows
const small = ours && minimal && ours.script * 6 <= minimal.script
const quick = ours && minimal && ours.times.every((time, at) => time * 2 <= (minimal.times[at] ?? 0))
console.log(`at most a sixth of the minimal bundle: ${small ? 'yes' : 'NO'}`)
console.log(`at least twice as fast to the first message: ${quick ? 'yes' : 'NO'}`)
if (values.write) writeTable(text)
process.exit(small && quick ? 0 : 1)

function table(measured: readonly Row[]): string {
  const [base] = measured
  const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`
  const ratio = (value: number, ours: number | undefined) => (ours ? ` (${(value / ours).toFixed(1)} ×)` : '')
  const lines = measured.map(({ name, script, bytes, times, heap }) =>
    [
      name,
      kB(script) + ratio(script, base?.script),
      kB(bytes) + ratio(bytes, base?.bytes),
      ...times.map((time, at) => `${Math.round(time)} ms${ratio(time, base?.times[at])}`),
      `${(heap / 1e6).toFixed(1)} MB${ratio(heap, base?.heap)}`,
    ].join(' | '),
  )
  const heads = [
    '',
    'script, gzip',
    'all bytes until the first message',
    ...CONDITIONS.map(([name]) => `first message: ${name}`),
    'heap',
  ]
  return [heads, heads.map(() => '---')]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .concat(lines.map((line) => `| ${line} |`))
    .join('\n')
}

function writeTable(measured: string): void {
  const [cpu] = cpus()
  const about = `Medians of ${RUNS} loads each, in turns, on ${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}.`
  const [before, after] = ['<!-- measured -->', '<!-- /measured -->']
  const page = readFileSync(PAGE, 'utf8')
  const [start, end] = [page.indexOf(before), page.indexOf(after)]
  if (start < 0 || end < start)
    throw new Error(`${PAGE.pathname} has no place for the table: ${before} … ${after}`)
  writeFileSync(
    PAGE,
    `${page.slice(0, start + before.length)}\n\n${about}\n\n${measured}\n\n${page.slice(end)}`,
  )
}
