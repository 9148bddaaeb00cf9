from ferry.timetable import watch

watch()
