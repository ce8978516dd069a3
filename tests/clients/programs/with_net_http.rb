require 'json'
require 'net/http'

uri = URI(ARGV[0] || 'https://api.infact.no/v1/Account/token')
request = Net::HTTP::Get.new(uri)
request.basic_auth('demo', 'demo-secret')
answer = Net::HTTP.start(uri.hostname, uri.port, use_ssl: true) { |http| http.request(request) }
puts JSON.parse(answer.body)['Token']
