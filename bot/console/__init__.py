"""The staff console: hand-offs, transcripts, replies, sessions, facts. Server-rendered; works without JavaScript."""
