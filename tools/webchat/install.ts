import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where Web Chat is put: a folder of its own, so that nobody else has to install its 425 packages. */
const FOLDER = new URL('../../bench/webchat/', import.meta.url).pathname
const DIST = join(FOLDER, 'node_modules/botframework-webchat/dist')

/** Installs Web Chat where it is not there yet, and returns the folder of its bundles. */
export function webChatBundles(): string {
  if (existsSync(DIST)) return DIST
  console.log('installing Web Chat into bench/webchat (once, about half a gigabyte) …')
  const done = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: FOLDER,
      stdio: 'inherit',
    },
  )
  if (done.status !== 0 || !existsSync(DIST))
    throw new Error(`Web Chat could not be installed into ${FOLDER}`)
  return DIST
}
