"""The documentation as a page that tries every call. Nothing is loaded from elsewhere, and no code stands in the page."""

import json

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from access.table import Action
from api.deps import open_to_all

ROOT = "/api/v1"
STATIC = f"{ROOT}/docs-static"
"""Where the files of Swagger UI lie, which FastAPIOffline brings."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pathfinder: the API</title>
<link rel="stylesheet" href="{STATIC}/swagger-ui.css">
<link rel="shortcut icon" href="{STATIC}/favicon.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="{STATIC}/swagger-ui-bundle.js"></script>
<script src="{ROOT}/docs-start.js"></script>
</body>
</html>
"""
START = f"""SwaggerUIBundle({{
  url: {json.dumps(f"{ROOT}/openapi.json")},
  dom_id: "#swagger-ui",
  layout: "BaseLayout",
  deepLinking: true,
  showExtensions: true,
  showCommonExtensions: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
}});
"""

router = APIRouter(prefix=ROOT, include_in_schema=False, dependencies=[open_to_all(Action.READ_PUBLIC_PAGES)])


@router.get("/docs")
async def page() -> HTMLResponse:
    """The page."""
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": POLICY})


@router.get("/docs-start.js")
async def start() -> Response:
    """What the page runs once it has loaded Swagger UI."""
    return Response(START, media_type="text/javascript")
