from vliegwiel import reference
from vliegwiel.science.caresystem import forecast, read_care_system, read_scenario

system = read_care_system(reference.care_system_file("ijsselland").content)
files = {file.name: file.content for file in reference.scenario_files("ijsselland")}
scenario = read_scenario(files["deliberate-entry.json"], system)
outcome = forecast(system, scenario, months=48, replications=50)
print(outcome.headline.sentence)
