export function InvitationPage({ token }: { token: string }) {
  return <main id="content" className="page" data-token={token} />
}
