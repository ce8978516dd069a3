import base64
import json
import sys
import urllib.request

url = sys.argv[1] if len(sys.argv) > 1 else "https://api.infact.no/v1/Account/token"
login = base64.b64encode(b"demo:demo-secret").decode()
request = urllib.request.Request(url, headers={"Authorization": f"Basic {login}"})
with urllib.request.urlopen(request, timeout=30) as answer:
    print(json.load(answer)["Token"])
