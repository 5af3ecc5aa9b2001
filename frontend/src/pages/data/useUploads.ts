/** Videos on their way up, one after the other, each with what became of it. */

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { usePlace } from '../../app/session'
import { api } from '../../core/api'
import { kindOf } from '../../core/importing'
import { t } from '../../core/messages'
import { problemOf } from '../../core/problem'
import type { VideoReport } from '../../core/types'
import { explain } from '../../ui/Notice'

export type Going =
  | { state: 'waiting' }
  | { state: 'sending'; share: number }
  | { state: 'done'; report: VideoReport }
  | { state: 'failed'; reason: string }
export type Upload = { id: number; file: File; going: Going }

export function useUploads() {
  const { slug } = usePlace()
  const queries = useQueryClient()
  const [uploads, setUploads] = useState<Upload[]>([])
  const queue = useRef<Upload[]>([])
  const busy = useRef(false)
  const lastId = useRef(0)

  const tell = (id: number, going: Going) =>
    setUploads(before => before.map(one => (one.id === id ? { ...one, going } : one)))

  const send = async ({ id, file }: Upload): Promise<Going> => {
    if (kindOf(file.name) === 'unknown') return { state: 'failed', reason: t('upload.unknown') }
    const progress = (share: number) => tell(id, { state: 'sending', share })
    progress(0)
    try {
      return { state: 'done', report: await api.addVideo(slug, file, progress) }
    } catch (error) {
      return { state: 'failed', reason: explain(problemOf(error)).title }
    }
  }

  const work = async () => {
    if (busy.current) return
    busy.current = true
    for (let next = queue.current.shift(); next; next = queue.current.shift()) {
      tell(next.id, await send(next))
    }
    busy.current = false
    for (const key of ['videos', 'imports', 'progress']) {
      queries.invalidateQueries({ queryKey: [key, slug] })
    }
  }

  const add = (files: readonly File[]) => {
    const added = files.map((file): Upload => {
      lastId.current += 1
      return { id: lastId.current, file, going: { state: 'waiting' } }
    })
    queue.current.push(...added)
    setUploads(before => [...before, ...added])
    work()
  }

  const clear = () => setUploads(before => before.filter(({ going }) => isOnItsWay(going)))
  return { uploads, add, clear, busy: uploads.some(({ going }) => isOnItsWay(going)) }
}

const isOnItsWay = ({ state }: Going) => state === 'waiting' || state === 'sending'
