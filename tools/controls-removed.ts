import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadControls, withoutControl, type Control } from './lib/controls.ts'

const ROOT = join(import.meta.dirname, '..')
const LEFT_OUT = new Set(['node_modules', '.git', 'data'])

/**
 * npm run test:controls -- [--only id,id]: takes each control of docs/security.md out of a copy of the source, one at
 * a time, and runs its test there, which has to fail. Before, all these tests have to pass as the source is.
 */
function main(): void {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const only = values.only?.split(',')
  const controls = loadControls(ROOT).filter(({ id }) => only?.includes(id) ?? true)
  const copy = mkdtempSync(join(tmpdir(), 'controls-'))
  try {
    cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    const sound = new Map<string, boolean>()
    const unnoticed = controls.filter((control) => !isNoticed(copy, control, sound))
    console.log(
      `${controls.length - unnoticed.length} of ${controls.length} controls are missed by their test`,
    )
    process.exitCode = unnoticed.length === 0 && controls.length > 0 ? 0 : 1
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function isNoticed(copy: string, control: Control, sound: Map<string, boolean>): boolean {
  const { id, file, test, name } = control
  const key = `${test} ${name ?? ''}`
  if (!sound.has(key)) sound.set(key, run(copy, control) === 'passes')
  if (!sound.get(key)) return told(id, `${test} does not pass as the source is`)
  const path = join(copy, file)
  const source = readFileSync(path, 'utf8')
  try {
    writeFileSync(path, withoutControl(source, control))
    const outcome = run(copy, control)
    if (outcome === 'fails') console.log(`${id}: ${test} fails without it`)
    return outcome === 'fails' || told(id, `${test} ${outcome} without it`)
  } finally {
    writeFileSync(path, source)
  }
}

/** `fails`: tests ran, and some failed. A source that cannot be loaded any more proves nothing. */
function run(copy: string, { test, name }: Control): 'passes' | 'fails' | 'does not run' {
  const program = join(copy, 'node_modules', 'vitest', 'vitest.mjs')
  const args = ['run', '--reporter=json', test, ...(name === undefined ? [] : ['-t', name])]
  const { stdout } = spawnSync(process.execPath, [program, ...args], { cwd: copy, encoding: 'utf8' })
  const passed = Number(/"numPassedTests":(\d+)/.exec(stdout)?.[1] ?? 0)
  const failed = Number(/"numFailedTests":(\d+)/.exec(stdout)?.[1] ?? 0)
  if (failed > 0) return 'fails'
  return passed > 0 && /"success":true/.test(stdout) ? 'passes' : 'does not run'
}

function told(id: string, what: string): false {
  console.error(`${id}: ${what}`)
  return false
}

main()
