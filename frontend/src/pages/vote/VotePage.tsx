export function VotePage() {
  return <main id="content" className="page" />
}
