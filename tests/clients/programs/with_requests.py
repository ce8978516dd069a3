import sys

import requests

url = sys.argv[1] if len(sys.argv) > 1 else "https://api.infact.no/v1/Account/token"
answer = requests.get(url, auth=("demo", "demo-secret"), timeout=30)
answer.raise_for_status()
print(answer.json()["Token"])
