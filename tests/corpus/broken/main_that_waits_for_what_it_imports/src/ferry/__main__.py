from ferry.timetable import departures

print(departures)
