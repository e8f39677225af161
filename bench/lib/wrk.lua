-- Sends the requests of a file one after the other, each ended by a zero byte, and prints what came of them as JSON.
local requests = {}
local n = 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  for request in file:read("*a"):gmatch("([^%z]+)%z") do
    requests[#requests + 1] = request
  end
  file:close()
end

function request()
  n = n % #requests + 1
  return requests[n]
end

-- Times of wrk are in microseconds.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"us":%d,"refused":%d,"broken":%d,"p50Us":%.1f,"p99Us":%.1f,"maxUs":%.1f}\n',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
