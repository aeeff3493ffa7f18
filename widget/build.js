/**
 * Builds the widget and the page's static files into dist/widget: `npm run build:widget`.
 * Prints the size over the wire and fails above the budget, so growth is noticed when it happens.
 */
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'

const BUDGET = 60 * 1000
const source = new URL('./', import.meta.url)
const target = new URL('../dist/widget/', import.meta.url)

/** Style sheets become minified text: they are adopted by the shadow root, never written into a page. */
const cssAsText = {
  name: 'css-as-text',
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true })
      return { contents: code.trim(), loader: 'text' }
    })
  },
}

await mkdir(target, { recursive: true })
const bundle = await build({
  entryPoints: [fileURLToPath(new URL('main.ts', source))],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  plugins: [cssAsText],
  write: false,
})
const script = bundle.outputFiles[0].contents
const packed = gzipSync(script, { level: 9 })
await writeFile(new URL('widget.js', target), script)
for (const file of await readdir(new URL('page/', source))) {
  await copyFile(new URL(`page/${file}`, source), new URL(file, target))
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
console.log(`widget.js  ${kB(script.length)} raw, ${kB(packed.length)} gzip (budget ${kB(BUDGET)})`)
if (packed.length > BUDGET) {
  console.error(
    `widget.js is ${kB(packed.length - BUDGET)} over its budget: look for a new import that carries too much`,
  )
  process.exitCode = 1
}
