/** Videos on their way up: small ones in turn, each with what became of it; large ones beside each other. */

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { kindOf } from '../../core/importing'
import { importsApi } from '../../core/importsApi'
import { t } from '../../core/messages'
import { LARGE_BYTES, sendInPieces } from '../../core/pieces'
import { problemOf } from '../../core/problem'
import type { VideoReport } from '../../core/types'
import { explain } from '../../ui/Notice'

export type Going =
  | { state: 'waiting' }
  | { state: 'sending'; share: number }
  | { state: 'done'; report: VideoReport }
  | { state: 'handed' }
  | { state: 'failed'; reason: string }
export type Upload = { id: number; file: File; going: Going }

/** So many go up beside each other; the rest wait. */
type Lanes = { most: number; busy: number; queue: Upload[] }
const makeLanes = (most: number): Lanes => ({ most, busy: 0, queue: [] })
const LARGE_AT_ONCE = 3

export function useUploads() {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const [uploads, setUploads] = useState<Upload[]>([])
  const small = useRef(makeLanes(1))
  const large = useRef(makeLanes(LARGE_AT_ONCE))
  const lastId = useRef(0)

  const tell = (id: number, going: Going) =>
    setUploads(before => before.map(one => (one.id === id ? { ...one, going } : one)))

  const bring = async ({ id, file }: Upload): Promise<Going> => {
    if (kindOf(file.name) === 'unknown') return { state: 'failed', reason: t('upload.unknown') }
    const progress = (share: number) => tell(id, { state: 'sending', share })
    progress(0)
    if (file.size < LARGE_BYTES)
      return { state: 'done', report: await api.addVideo(slug, file, progress) }
    await importsApi.takeUploads(slug, [await sendInPieces(slug, file, progress)])
    return { state: 'handed' }
  }

  const send = async (upload: Upload) => {
    const failed = (error: unknown): Going => ({
      state: 'failed',
      reason: explain(problemOf(error)).title,
    })
    tell(upload.id, await bring(upload).catch(failed))
  }

  const work = async (lanes: Lanes) => {
    if (lanes.busy >= lanes.most) return
    lanes.busy += 1
    for (let next = lanes.queue.shift(); next; next = lanes.queue.shift()) await send(next)
    lanes.busy -= 1
    for (const key of ['videos', 'imports', 'progress', 'import-jobs']) {
      queries.invalidateQueries({ queryKey: [key, slug] })
    }
  }

  const add = (files: readonly File[]) => {
    const added = files.map((file): Upload => {
      lastId.current += 1
      return { id: lastId.current, file, going: { state: 'waiting' } }
    })
    setUploads(before => [...before, ...added])
    for (const upload of added) {
      const lanes = upload.file.size < LARGE_BYTES ? small.current : large.current
      lanes.queue.push(upload)
      work(lanes)
    }
  }

  const clear = () => setUploads(before => before.filter(({ going }) => isOnItsWay(going)))
  return { uploads, add, clear, busy: uploads.some(({ going }) => isOnItsWay(going)) }
}

const isOnItsWay = ({ state }: Going) => state === 'waiting' || state === 'sending'
