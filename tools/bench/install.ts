import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const BENCH = new URL('../../bench/', import.meta.url).pathname

/**
 * Installs what a comparison needs into its own folder, without any install script, where it is not there yet. False
 * where that fails (no network): the bench then goes on without it and says so.
 */
export function installed(name: 'waterfall' | 'peers'): boolean {
  const cwd = join(BENCH, name)
  if (existsSync(join(cwd, 'node_modules'))) return true
  console.error(`installing what bench/${name} compares with …`)
  const command = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  return spawnSync('npm', command, { cwd, stdio: 'inherit' }).status === 0
}
