/** Files that a person brings: which are videos, and which say something of them. */

export type FileKind = 'video' | 'data' | 'unknown'

/** All that captions and ratings come in; which it is, the site tells by the content. */
export const DATA = ['jsonl', 'csv', 'tsv', 'parquet', 'json']
const VIDEOS = new Set(['mp4', 'mov', 'm4v', 'mkv', 'webm', 'avi', 'ts', 'mpg', 'mpeg'])

export function kindOf(name: string): FileKind {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  if (DATA.includes(extension)) return 'data'
  return VIDEOS.has(extension) ? 'video' : 'unknown'
}

/** Text is told by its beginning; a Parquet file by its end. */
export const headOf = (file: File): Blob =>
  file.name.toLowerCase().endsWith('.parquet') ? file : file.slice(0, HEAD_BYTES)

const HEAD_BYTES = 1 << 18
