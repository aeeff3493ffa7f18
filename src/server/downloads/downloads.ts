import type { Request, Response, Server } from 'restify'
import type { CaseCodes } from '../../bot/case-code.ts'
import type { DownloadLinks } from '../../bot/download-links.ts'
import { caseKey } from '../../bot/keys.ts'
import type { Brain } from '../../bot/turn/brain.ts'
import { AppError } from '../../errors.ts'
import { caseSchema, type Case } from '../../interview/case.ts'
import type { Download } from '../../rendering/case-view.ts'
import { sayDossier } from '../../rendering/dossier/words.ts'
import type { DossierPhrase } from '../../rendering/dossier/phrase-ids.ts'
import type { Store } from '../../store/port.ts'
import type { SigningKeys } from '../signing-keys.ts'
import type { RateLimits } from '../rate-limit/rate-limits.ts'
import { FILES, filesOf, makeFile, type FileName } from './files.ts'
import { LINK_MINUTES, LinkTokens } from './link-tokens.ts'

export interface DownloadsOptions {
  readonly store: Store
  readonly brain: Brain
  readonly codes: Pick<CaseCodes, 'codeOf'>
  readonly keys: SigningKeys
  readonly clock: () => Date
  /** Where people reach this server: scheme, host and port, without a slash at the end. */
  readonly base: () => string
  /** Counts the files of each case; throws AppError rate-limited. */
  readonly limits: Pick<RateLimits, 'take'>
}

const LABELS: Readonly<Record<FileName, DossierPhrase>> = {
  'dossier.pdf': 'file-pdf',
  'dossier.json': 'file-json',
  'deadlines.ics': 'file-calendar',
  'my-data.json': 'file-export',
}

/** Links to the files of a case, good for some minutes; the file is made from the case when it is fetched. */
export class Downloads implements DownloadLinks {
  readonly minutes = LINK_MINUTES
  readonly #options: DownloadsOptions
  readonly #tokens: LinkTokens

  constructor(options: DownloadsOptions) {
    this.#options = options
    this.#tokens = new LinkTokens(options.keys, options.clock)
  }

  async links(current: Case): Promise<readonly Download[]> {
    const { brain, clock, base } = this.#options
    const files = filesOf({ brain, current, now: clock() })
    return Promise.all(
      files.map(async (file) => {
        const token = await this.#tokens.issue({ file, caseId: current.id, begun: current.createdAt })
        const label = sayDossier(brain.dossier.words, current.language, LABELS[file])
        return { label, url: `${base()}/download/${file}?link=${token}` }
      }),
    )
  }

  /** GET and HEAD /download/<file>?link=… */
  mount(server: Server): void {
    for (const file of FILES) {
      const answer = async (request: Request, response: Response) => this.#answer(file, request, response)
      server.get(`/download/${file}`, answer)
      server.head(`/download/${file}`, answer)
    }
  }

  async #answer(file: FileName, request: Request, response: Response): Promise<void> {
    const { brain, codes, clock, limits } = this.#options
    // Also of what goes wrong nothing is to be kept on the way.
    response.setHeader('Cache-Control', 'no-store')
    const current = await this.#caseOf(file, request)
    limits.take('case-files', current.id)
    const now = clock()
    const caseCode = await codes.codeOf(current.id)
    const made = await makeFile(file, { brain, current, now, caseCode })
    if (!made) throw gone()
    response.writeHead(200, {
      'Content-Type': made.type,
      'Content-Length': made.body.length,
      'Content-Disposition': `attachment; filename="icp-${now.toISOString().slice(0, 10)}-${file}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Robots-Tag': 'noindex',
    })
    response.end(request.method === 'HEAD' ? undefined : made.body)
  }

  async #caseOf(file: FileName, request: Request): Promise<Case> {
    const query: unknown = request.query
    const token = typeof query === 'object' && query !== null && 'link' in query ? query.link : undefined
    if (typeof token !== 'string' || token === '')
      throw new AppError('token-missing', {
        detail: 'The address lacks the part that opens the file.',
        remedy: 'Take the whole link from the conversation, or say “download” there for a new one.',
      })
    const { caseId, begun } = await this.#tokens.read(token, file)
    const found = await this.#options.store.documents.get(caseKey(caseId))
    const current = found && caseSchema.parse(found.value)
    if (!current || current.createdAt !== begun) throw gone()
    return current
  }
}

function gone(): AppError {
  return new AppError('not-found', {
    detail: 'Nothing is kept any more that this link could open.',
    remedy: 'The case was deleted, or there is nothing to put into the file.',
  })
}
