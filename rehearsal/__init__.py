"""The rehearsal: countries played on a throwaway real server under virtual time.

Nothing here touches a running Alliance. `server` starts the throwaway server; `clock` takes all its workflows
through time together; for that `sight` and `record` tell how one workflow stands, and `starts` lets new ones begin
at the clock's present.

A scenario (`scenario`, `wanted`: its format) is read with its lines (`yaml_lines`, `calendar_words`, `understanding`,
`templates`) into a `script`, and played (`playing`, `sending`) on a `stage`; what is `seen` then is held against the
`expectations` and printed. `command` is `pathfinder rehearse`.
"""
