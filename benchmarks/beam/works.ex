# The works on the BEAM, with nothing but the standard library of Erlang and Elixir: supervised, registered GenServers.
# Each work prints one line of JSON, the same as the other contenders do.


defmodule Works.Util do
  def now, do: :erlang.monotonic_time(:nanosecond)

  def status_kb(key) do
    {:ok, text} = File.read("/proc/self/status")
    [_, kb] = Regex.run(~r/#{key}:\s+(\d+) kB/, text)
    String.to_integer(kb)
  end

  def cpu_s do
    {:ok, text} = File.read("/proc/self/stat")
    rest = text |> String.split(")") |> List.last() |> String.split()
    (String.to_integer(Enum.at(rest, 11)) + String.to_integer(Enum.at(rest, 12))) / 100
  end

  # percentiles of a list of nanoseconds, as microseconds
  def lat([]), do: %{n: 0}

  def lat(list) do
    t = list |> Enum.sort() |> List.to_tuple()
    n = tuple_size(t)
    at = fn q -> Float.round(elem(t, min(n - 1, trunc(q * n))) / 1000, 2) end
    %{n: n, p50_us: at.(0.5), p90_us: at.(0.9), p99_us: at.(0.99), p999_us: at.(0.999),
      max_us: Float.round(elem(t, n - 1) / 1000, 2)}
  end

  # log-scaled shared histogram (microseconds), about 4 % wide buckets
  def hist_new, do: :counters.new(640, [:write_concurrency])
  def hist_add(h, ns) do
    us = if ns < 0, do: 0, else: div(ns, 1000)
    :counters.add(h, 1 + min(639, trunc(:math.log2(us + 1) * 16)), 1)
  end
  def hist_pct(h, q) do
    total = Enum.reduce(1..640, 0, fn i, a -> a + :counters.get(h, i) end)
    hist_walk(h, 1, trunc(q * total), 0)
  end
  defp hist_walk(_h, i, _want, _acc) when i > 640, do: -1
  defp hist_walk(h, i, want, acc) do
    acc = acc + :counters.get(h, i)
    if acc > want, do: Float.round(:math.pow(2, i / 16) - 1, 1), else: hist_walk(h, i + 1, want, acc)
  end

  def json(m) when is_map(m),
    do: "{" <> Enum.map_join(m, ",", fn {k, v} -> "\"#{k}\":" <> json(v) end) <> "}"
  def json(l) when is_list(l), do: "[" <> Enum.map_join(l, ",", &json/1) <> "]"
  def json(f) when is_float(f), do: :erlang.float_to_binary(f, [:compact, decimals: 6])
  def json(i) when is_integer(i), do: Integer.to_string(i)
  def json(a) when is_atom(a) and a in [true, false, nil], do: (if a == nil, do: "null", else: to_string(a))
  def json(s), do: "\"" <> to_string(s) <> "\""

  def gather(0, _tag, acc), do: acc
  def gather(n, tag, acc) do
    receive do
      {^tag, x} -> gather(n - 1, tag, [x | acc])
    end
  end

  # calls send_fun.(k, t0) for every one of `total` messages, `per_tick` of them each millisecond.
  # t0 is the time the message was due; up to 5 ms of timer granularity is not counted.
  def pace(total, per_tick, send_fun) do
    start = now()
    pace_loop(0, total, per_tick, 0, start, send_fun)
  end
  defp pace_loop(k, total, _pt, _tick, _start, _f) when k >= total, do: :ok
  defp pace_loop(k, total, pt, tick, start, f) do
    due = start + tick * 1_000_000
    t = now()
    if t < due do
      receive do
      after
        max(1, div(due - t + 999_999, 1_000_000)) -> :ok
      end
    end
    t = now()
    t0 = if t - due > 5_000_000, do: due, else: t
    last = min(total, k + pt)
    Enum.each(k..(last - 1), fn i -> f.(i, t0) end)
    pace_loop(last, total, pt, tick + 1, start, f)
  end

  # receives {:r, t0} replies until `n` of them came (or the deadline passed)
  def collect_replies(n, parent, tag) do
    spawn_link(fn -> collect_loop(n, [], parent, tag) end)
  end
  defp collect_loop(0, acc, parent, tag), do: send(parent, {tag, acc})
  defp collect_loop(n, acc, parent, tag) do
    receive do
      {:r, t0} -> collect_loop(n - 1, [now() - t0 | acc], parent, tag)
    after
      60_000 -> send(parent, {tag, acc})
    end
  end
end

# An idle, stateful, supervised agent, registered by name in an Elixir Registry.
defmodule Works.Agent do
  use GenServer
  def name(id), do: {:via, Registry, {Works.Reg, "agent-" <> Integer.to_string(id)}}
  def start_link({id, watcher}), do: GenServer.start_link(__MODULE__, {id, watcher}, name: name(id))
  def start_link(id), do: GenServer.start_link(__MODULE__, id, name: name(id))
  def fresh(id),
    do: %{id: id, turns: 0, model: "sim-1", tags: [:tools, :memory],
          history: [{:user, "hello " <> Integer.to_string(id)}, {:assistant, "hi " <> Integer.to_string(id)}]}

  @impl true
  def init({id, watcher}) do
    # a victim of the crash work tells its driver that it is up (again): the driver need not poll the name
    send(watcher, {:up, id})
    {:ok, fresh(id)}
  end
  def init(id), do: {:ok, fresh(id)}

  @impl true
  def handle_call(:get, _from, s), do: {:reply, s.turns, s}
  def handle_call(:ping, _from, s), do: {:reply, s.id, %{s | turns: s.turns + 1}}

  @impl true
  def handle_cast({:ask, from, t0}, s) do
    send(from, {:r, t0})
    {:noreply, %{s | turns: s.turns + 1}}
  end
  def handle_cast(:crash, _s), do: raise("boom")
  def handle_cast({:count, left, notify}, s) do
    # throughput counter: the first cast sets the total
    {:noreply, Map.put(s, :left, {left, notify})}
  end
  def handle_cast(:tick, %{left: {1, notify}} = s) do
    send(notify, {:counted, 1})
    {:noreply, s}
  end
  def handle_cast(:tick, %{left: {n, notify}} = s), do: {:noreply, %{s | left: {n - 1, notify}}}
  def handle_cast({:hog, until}, s) do
    spin(until, 0, 1)
    {:noreply, s}
  end

  defp spin(until, 20_000, acc) do
    if :erlang.monotonic_time(:nanosecond) > until, do: acc, else: spin(until, 0, acc)
  end
  defp spin(until, i, acc), do: spin(until, i + 1, Bitwise.band(acc * 31 + i, 0xFFFFFF))
end

# A three-step agent turn against a simulated, streaming model.
defmodule Works.Session do
  use GenServer
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)

  @impl true
  def init({id, p}), do: {:ok, %{id: id, p: p, history: [], sub: nil, start: 0, step: 0, t0: 0, t0ms: 0, buf: []}}

  @impl true
  def handle_cast({:turn, sub, start}, s), do: {:noreply, model(%{s | sub: sub, start: start, step: 1})}

  defp model(s) do
    t = Works.Util.now()
    s = %{s | t0: t, t0ms: div(t + 999_999, 1_000_000), buf: []}
    arm(s, 0)
    s
  end
  defp arm(s, k), do: :erlang.send_after(s.t0ms + s.p.ttft + k * s.p.gap, self(), {:tok, k}, abs: true)

  @impl true
  def handle_info({:tok, k}, s) do
    tok = "tok" <> Integer.to_string(k) <> " "
    due = s.t0 + (s.p.ttft + k * s.p.gap) * 1_000_000
    send(s.sub, {:tok, due, tok})
    s = %{s | buf: [tok | s.buf]}
    if k + 1 < s.p.ntok do
      arm(s, k + 1)
      {:noreply, s}
    else
      s = %{s | history: [{:assistant, IO.iodata_to_binary(Enum.reverse(s.buf))} | s.history]}
      case s.step do
        1 ->
          t = div(Works.Util.now() + 999_999, 1_000_000)
          :erlang.send_after(t + s.p.tool, self(), :tool_done, abs: true)
          {:noreply, %{s | step: 2}}
        3 ->
          send(s.sub, {:done, s.start})
          {:noreply, s}
      end
    end
  end
  def handle_info(:tool_done, s) do
    {:noreply, model(%{s | step: 3, history: [{:tool, "42"} | s.history]})}
  end
end

# An agent with about 100 KB of state that makes garbage on each message.
defmodule Works.Churn do
  use GenServer
  def start_link({id, kind}), do: GenServer.start_link(__MODULE__, {id, kind})
  @impl true
  def init({id, kind}), do: {:ok, %{id: id, kind: kind, n: 0, msgs: :queue.from_list(for i <- 1..100, do: msg(kind, id + i))}}
  # bin: 1 KiB binary, off the process heap. heap: 64 two-word list cells of integers = 1 KiB on the process heap.
  defp msg(:bin, i), do: :binary.copy(<<rem(i, 256)>>, 1024)
  defp msg(:heap, i), do: Enum.map(1..64, fn x -> x + i end)
  @impl true
  def handle_cast({:ask, from, t0}, s) do
    # ten temporary 1 KiB messages (garbage), then one that replaces the oldest of the state
    junk = Enum.reduce(1..10, 0, fn i, a -> a + size(msg(s.kind, s.n + i)) end)
    {_, q} = :queue.out(s.msgs)
    q = :queue.in(msg(s.kind, junk + s.n), q)
    send(from, {:r, t0})
    {:noreply, %{s | n: s.n + 1, msgs: q}}
  end
  defp size(b) when is_binary(b), do: byte_size(b)
  defp size(l), do: length(l)
end

defmodule Works do
  import Works.Util

  def main([work | args]) do
    :logger.set_primary_config(:level, :none)
    kv = for a <- args, into: %{}, do: (fn [k, v] -> {String.to_atom(k), num(v)} end).(String.split(a, "=", parts: 2))
    fig = run(work, kv)
    IO.puts(json(%{anchor: "beam", work: work, params: kv, figures: Map.put(fig, :hwm_kb, status_kb("VmHWM"))}))
    System.halt(0)
  end

  defp num(v), do: (case Integer.parse(v) do {i, ""} -> i; _ -> v end)

  defp start_tree(parts) do
    {:ok, _} = Registry.start_link(keys: :unique, name: Works.Reg, partitions: 4)
    {:ok, _} = PartitionSupervisor.start_link(
      child_spec: {DynamicSupervisor, max_restarts: 1_000_000_000, max_seconds: 1},
      name: Works.Sup, partitions: parts)
  end
  defp start_agent(id, parts) do
    {:ok, pid} = DynamicSupervisor.start_child({:via, PartitionSupervisor, {Works.Sup, rem(id, parts)}}, {Works.Agent, id})
    pid
  end
  # starts ids 0..n-1 from `parts` spawner processes; returns pids as a tuple
  defp start_agents(n, parts) do
    me = self()
    for p <- 0..(parts - 1) do
      spawn_link(fn ->
        pids = for id <- p..(n - 1)//parts, do: {id, start_agent(id, parts)}
        send(me, {:spawned, pids})
      end)
    end
    gather(parts, :spawned, []) |> List.flatten() |> Enum.sort() |> Enum.map(&elem(&1, 1)) |> List.to_tuple()
  end
  defp start_only(n, parts) do
    me = self()
    for p <- 0..(parts - 1) do
      spawn_link(fn ->
        for id <- p..(n - 1)//parts, do: (start_agent(id, parts); :ok)
        send(me, {:spawned, p})
      end)
    end
    gather(parts, :spawned, [])
  end

  # ---- 1 spawn -------------------------------------------------------------------------------
  def run("spawn", %{n: n} = kv) do
    mode = Map.get(kv, :mode, "otp")
    parts = Map.get(kv, :parts, 4)
    if mode == "otp", do: start_tree(parts)
    :erlang.garbage_collect()
    rss0 = status_kb("VmRSS"); mem0 = :erlang.memory(:total); t0 = now(); c0 = cpu_s()
    case mode do
      "otp" -> start_only(n, parts)
      "bare" ->
        me = self()
        for _ <- 1..4 do
          spawn_link(fn ->
            for id <- 1..div(n, 4), do: spawn(fn -> idle(Works.Agent.fresh(id)) end)
            send(me, {:spawned, 1})
          end)
        end
        gather(4, :spawned, [])
    end
    t1 = now(); c1 = cpu_s()
    rss_before_gc = status_kb("VmRSS")
    for p <- Process.list(), do: :erlang.garbage_collect(p)
    Process.sleep(200)
    rss1 = status_kb("VmRSS"); mem1 = :erlang.memory(:total)
    alive = :erlang.system_info(:process_count)
    f = %{seconds: (t1 - t0) / 1.0e9, per_s: n * 1.0e9 / (t1 - t0), cpu_s: c1 - c0,
      rss_bytes_per_agent: (rss1 - rss0) * 1024 / n, rss_before_gc_bytes_per_agent: (rss_before_gc - rss0) * 1024 / n,
      heap_bytes_per_agent: (mem1 - mem0) / n, process_count: alive}
    if mode == "otp" do
      x = GenServer.call(Works.Agent.name(n - 1), :ping)
      Map.put(f, :check, x)
    else
      f
    end
  end

  # ---- 2 ask ---------------------------------------------------------------------------------
  def run("ask", %{pairs: pairs, m: m} = kv) do
    mode = Map.get(kv, :mode, "call")
    per = div(m, pairs)
    me = self()
    servers = for id <- 1..pairs do
      case mode do
        "call" -> (fn -> {:ok, p} = GenServer.start_link(Works.Agent, id); p end).()
        "raw" -> spawn_link(fn -> echo() end)
      end
    end
    round = fn per ->
      clients = for s <- servers do
        spawn_link(fn ->
          receive do :go -> :ok end
          l = if mode == "call", do: call_loop(s, per, []), else: raw_loop(s, per, [])
          send(me, {:lat, {now(), l}})
        end)
      end
      t0 = now(); c0 = cpu_s()
      for c <- clients, do: send(c, :go)
      got = gather(pairs, :lat, [])
      t1 = got |> Enum.map(&elem(&1, 0)) |> Enum.max()
      {t1 - t0, cpu_s() - c0, Enum.flat_map(got, &elem(&1, 1))}
    end
    round.(max(1, div(per, 5)))
    {dt, cpu, l} = round.(per)
    Map.merge(lat(l), %{asks_per_s: per * pairs * 1.0e9 / dt, seconds: dt / 1.0e9, cpu_s: cpu})
  end

  # ---- 3 tell --------------------------------------------------------------------------------
  def run("tell", %{agents: agents, producers: producers, m: m}) do
    servers = for(id <- 1..agents, do: (fn -> {:ok, p} = GenServer.start_link(Works.Agent, id); p end).()) |> List.to_tuple()
    me = self()
    one = fn per ->
      for i <- 0..(agents - 1), do: GenServer.cast(elem(servers, i), {:count, div(per * producers, agents), me})
      ps = for q <- 0..(producers - 1) do
        spawn_link(fn ->
          receive do :go -> :ok end
          tell_loop(servers, agents, q, per)
        end)
      end
      t0 = now(); c0 = cpu_s()
      for p <- ps, do: send(p, :go)
      gather(agents, :counted, [])
      {now() - t0, cpu_s() - c0}
    end
    per = div(m, producers)
    one.(div(per, 5) |> then(&(&1 - rem(&1, agents))) |> max(agents))
    {dt, cpu} = one.(per)
    %{msgs_per_s: per * producers * 1.0e9 / dt, seconds: dt / 1.0e9, cpu_s: cpu}
  end

  # ---- 4 crash -------------------------------------------------------------------------------
  # siblings: healthy agents asked at a steady rate; victims: agents crashed again and again.
  # rate=0 crashes as fast as the drivers can (closed loop), otherwise so many crashes a second in all.
  def run("crash", %{siblings: sib, victims: vic, seconds: secs} = kv) do
    parts = Map.get(kv, :parts, 100)
    rate = Map.get(kv, :rate, 0)
    per_tick = Map.get(kv, :asks_per_ms, 4)
    start_tree(parts)
    pids = start_agents(sib, parts)
    me = self()
    # each 7919 (a prime) apart, so that neighbours in time are not neighbours in id
    ask = fn k, t0, c -> GenServer.cast(elem(pids, rem(k * 7919, sib)), {:ask, c, t0}) end
    total = secs * 1000 * per_tick
    stop = :atomics.new(1, [])
    measure = fn tag ->
      c = collect_replies(total, me, tag)
      pace(total, per_tick, fn k, t0 -> ask.(k, t0, c) end)
      # ends the storm; what was starved until now is answered now and counts with its full delay
      :atomics.put(stop, 1, 1)
      receive do {^tag, l} -> l end
    end
    quiet = measure.(:quiet)
    :atomics.put(stop, 1, 0)
    drivers = for v <- 0..(vic - 1) do
      spawn_link(fn ->
        id = sib + v
        {:ok, _} = DynamicSupervisor.start_child({:via, PartitionSupervisor, {Works.Sup, rem(id, parts)}}, {Works.Agent, {id, self()}})
        receive do {:up, ^id} -> :ok end
        send(me, {:storm, storm(id, Works.Agent.name(id), stop, if(rate == 0, do: 0, else: div(1_000 * vic, rate)), [])})
      end)
    end
    t0 = now(); c0 = cpu_s()
    stormy = measure.(:stormy)
    rec = List.flatten(gather(length(drivers), :storm, []))
    dt = now() - t0
    c1 = cpu_s()
    alive = Enum.count(0..(sib - 1)//97, fn i -> GenServer.call(Works.Agent.name(i), :ping) == i end)
    %{restarts: length(rec), restarts_per_s: length(rec) * 1.0e9 / dt, recover: lat(rec), cpu_s: c1 - c0,
      siblings_quiet: lat(quiet), siblings_storm: lat(stormy), siblings_sampled_alive: alive}
  end

  # ---- 5 sessions ----------------------------------------------------------------------------
  def run("sessions", %{n: n} = kv) do
    p = %{ttft: Map.get(kv, :ttft, 50), gap: Map.get(kv, :gap, 10), ntok: Map.get(kv, :ntok, 20), tool: Map.get(kv, :tool, 20)}
    ramp = Map.get(kv, :ramp, 0)
    turns = Map.get(kv, :turns, 1)
    ideal = 2 * (p.ttft + (p.ntok - 1) * p.gap) + p.tool
    {:ok, _} = PartitionSupervisor.start_link(child_spec: DynamicSupervisor, name: Works.SSup, partitions: 4)
    me = self()
    h = hist_new()
    rss0 = status_kb("VmRSS")
    mk = fn n -> for id <- 1..n do
      {:ok, pid} = DynamicSupervisor.start_child({:via, PartitionSupervisor, {Works.SSup, rem(id, 4)}}, {Works.Session, {id, p}})
      sub = spawn_link(fn -> subscriber(pid, h, me, turns) end)
      {pid, sub}
    end end
    pairs = mk.(n)
    rss1 = status_kb("VmRSS"); c0 = cpu_s(); t0 = now()
    go(pairs, 0, t0, ramp * 1_000_000 / n)
    out = gather(n, :turn, [])
    t1 = now(); c1 = cpu_s()
    over = for {ls, _} <- out, l <- ls, do: l - ideal * 1_000_000
    toks = out |> Enum.map(&elem(&1, 1)) |> Enum.sum()
    %{wall_s: (t1 - t0) / 1.0e9, ideal_s: (ideal * turns + ramp) / 1000, wall_over_ideal: (t1 - t0) / 1.0e6 / (ideal * turns + ramp),
      cpu_s: c1 - c0, tokens: toks, tokens_per_s: toks * 1.0e9 / (t1 - t0), turn_over_ideal: lat(over),
      token_late_p50_us: hist_pct(h, 0.5), token_late_p99_us: hist_pct(h, 0.99), rss_idle_bytes_per_session: (rss1 - rss0) * 1024 / n}
  end

  # ---- 6 hog ---------------------------------------------------------------------------------
  def run("hog", %{agents: agents, asks: asks, hogs: hogs, seconds: secs}) do
    pids = for(id <- 1..agents, do: (fn -> {:ok, p} = GenServer.start_link(Works.Agent, id); p end).()) |> List.to_tuple()
    hs = for id <- 1..max(1, hogs), do: (fn -> {:ok, p} = GenServer.start_link(Works.Agent, id); p end).()
    me = self()
    total = agents * asks
    per_tick = max(1, div(total, secs * 1000))
    measure = fn tag ->
      c = collect_replies(total, me, tag)
      pace(total, per_tick, fn k, t0 -> GenServer.cast(elem(pids, rem(k, agents)), {:ask, c, t0}) end)
      receive do {^tag, l} -> l end
    end
    calm = measure.(:calm)
    until = now() + secs * 1_000_000_000
    if hogs > 0, do: for(h <- hs, do: GenServer.cast(h, {:hog, until}))
    t0 = now()
    busy = measure.(:busy)
    %{calm: lat(calm), hogged: lat(busy), seconds: (now() - t0) / 1.0e9}
  end

  # ---- 7 gc ----------------------------------------------------------------------------------
  def run("gc", %{agents: agents, seconds: secs, per_ms: per_ms} = kv) do
    kind = String.to_atom(to_string(Map.get(kv, :kind, "heap")))
    rss0 = status_kb("VmRSS")
    pids = for(id <- 1..agents, do: (fn -> {:ok, p} = GenServer.start_link(Works.Churn, {id, kind}); p end).()) |> List.to_tuple()
    rss1 = status_kb("VmRSS")
    me = self()
    measure = fn tag, s ->
      total = s * 1000 * per_ms
      c = collect_replies(total, me, tag)
      # order=step: every agent is asked once a round; order=random: by a hash, so that their heaps fill out of step
      pick = if Map.get(kv, :order) == "random", do: fn k -> :erlang.phash2(k, agents) end, else: fn k -> rem(k * 7919, agents) end
      pace(total, per_ms, fn k, t0 -> GenServer.cast(elem(pids, pick.(k)), {:ask, c, t0}) end)
      receive do {^tag, l} -> l end
    end
    measure.(:warm, 3)
    c0 = cpu_s(); t0 = now()
    l = measure.(:run, secs)
    dt = now() - t0
    %{latency: lat(l), msgs_per_s: length(l) * 1.0e9 / dt, cpu_s: cpu_s() - c0, rss_bytes_per_agent: (rss1 - rss0) * 1024 / agents, rss_end_kb: status_kb("VmRSS")}
  end

  def run("noop", _), do: %{ok: true}

  # ---- helpers -------------------------------------------------------------------------------
  defp idle(s) do
    receive do
      {:get, from} -> send(from, s); idle(s)
    end
  end
  defp echo do
    receive do
      {from, ref} -> send(from, ref); echo()
    end
  end
  defp call_loop(_s, 0, acc), do: acc
  defp call_loop(s, n, acc) do
    t = now()
    _ = GenServer.call(s, :ping)
    call_loop(s, n - 1, [now() - t | acc])
  end
  defp raw_loop(_s, 0, acc), do: acc
  defp raw_loop(s, n, acc) do
    t = now()
    send(s, {self(), n})
    receive do ^n -> :ok end
    raw_loop(s, n - 1, [now() - t | acc])
  end
  defp tell_loop(_servers, _agents, _i, 0), do: :ok
  defp tell_loop(servers, agents, i, n) do
    GenServer.cast(elem(servers, rem(i, agents)), :tick)
    tell_loop(servers, agents, i + 1, n - 1)
  end
  defp storm(id, name, stop, every_ms, acc) do
    if :atomics.get(stop, 1) == 1 do
      acc
    else
      if every_ms > 0, do: Process.sleep(:rand.uniform(2 * every_ms))
      t = now()
      GenServer.cast(name, :crash)
      receive do {:up, ^id} -> :ok end
      ^id = GenServer.call(name, :ping)
      storm(id, name, stop, every_ms, [now() - t | acc])
    end
  end
  defp go([], _i, _t0, _step), do: :ok
  defp go([{pid, sub} | rest], i, t0, step) do
    due = trunc(t0 + i * step)
    d = due - now()
    if step > 0 and d > 1_000_000 do
      receive do after div(d, 1_000_000) -> :ok end
    end
    # a burst (no ramp): every session is due at t0
    start = if step > 0, do: due, else: t0
    send(sub, {:start, start})
    _ = pid
    go(rest, i + 1, t0, step)
  end
  defp subscriber(pid, h, me, turns) do
    receive do
      {:start, start} ->
        GenServer.cast(pid, {:turn, self(), start})
        sub_loop(pid, h, me, turns, [], 0)
    end
  end
  defp sub_loop(pid, h, me, turns, acc, toks) do
    receive do
      {:tok, due, _text} ->
        hist_add(h, now() - due)
        sub_loop(pid, h, me, turns, acc, toks + 1)
      {:done, start} ->
        t = now()
        acc = [t - start | acc]
        if turns == 1 do
          send(me, {:turn, {acc, toks}})
        else
          GenServer.cast(pid, {:turn, self(), t})
          sub_loop(pid, h, me, turns - 1, acc, toks)
        end
    end
  end
end
