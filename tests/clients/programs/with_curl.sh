curl --silent --show-error --fail -u demo:demo-secret "${1:-https://api.infact.no/v1/Account/token}"
